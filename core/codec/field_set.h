// Which fields of one message have been seen.
#ifndef PORTICO_CORE_CODEC_FIELD_SET_H_
#define PORTICO_CORE_CODEC_FIELD_SET_H_

#include <cstddef>
#include <cstdint>

#include "absl/container/inlined_vector.h"

namespace portico::codec {

class FieldSet {
 public:
  // For indexes below `size`.
  explicit FieldSet(std::size_t size) : words_((size + 63) / 64) {}

  // False when it was in before.
  bool Insert(std::size_t index) {
    const std::uint64_t bit = std::uint64_t{1} << (index % 64);
    std::uint64_t& word = words_[index / 64];
    if ((word & bit) != 0) return false;
    word |= bit;
    return true;
  }

 private:
  absl::InlinedVector<std::uint64_t, 2> words_;
};

}  // namespace portico::codec

#endif  // PORTICO_CORE_CODEC_FIELD_SET_H_
