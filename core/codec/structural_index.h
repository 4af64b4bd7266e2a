// simdjson's first stage: where the brackets, commas, colons, strings and scalars
// of a JSON text start, found with SIMD; it also proves that the text is UTF-8 and
// that every string ends and holds no bare control character.
//
// simdjson's On-Demand front end walks the same index, but it leaves what it skips
// unchecked, wants padded input and copies every string once more. Nothing may be
// lost or pass unchecked here, so the index is walked by JsonCursor instead.
//
// One thread at a time; keep one per thread, it reuses its memory.
#ifndef PORTICO_CORE_CODEC_STRUCTURAL_INDEX_H_
#define PORTICO_CORE_CODEC_STRUCTURAL_INDEX_H_

#include <cstddef>
#include <cstdint>
#include <memory>

#include "absl/strings/string_view.h"

namespace simdjson::internal {
class dom_parser_implementation;
}

namespace portico::codec {

class StructuralIndex {
 public:
  StructuralIndex();
  ~StructuralIndex();

  // False when `text` (below 2 GiB) is not JSON, or not an object or array; but true
  // proves only what the file comment says, and that the first and the last
  // structural character are brackets.
  bool Build(absl::string_view text);

  // Byte offsets in rising order, of the last text that Build() accepted. Behind the
  // last one stands the first one again: a bracket that opens, which can never
  // follow the bracket at the end, so a walk stops there without a bounds check.
  const std::uint32_t* begin() const;
  const std::uint32_t* end() const;

  // Gives back memory that only an unusually large text needs: more than 1 MiB.
  void Trim();
  // Bytes of text that there is memory for: up to four times as much.
  std::size_t capacity() const { return capacity_; }

 private:
  bool Reserve(std::size_t size);

  std::size_t capacity_ = 0;
  std::unique_ptr<simdjson::internal::dom_parser_implementation> stage_;
};

}  // namespace portico::codec

#endif  // PORTICO_CORE_CODEC_STRUCTURAL_INDEX_H_
