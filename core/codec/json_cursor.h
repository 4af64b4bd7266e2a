// Walks a JSON text along its StructuralIndex, token by token, checking what it
// passes. All checks of the grammar that the index does not make are made here or
// by the caller through Take(); nothing is passed over unread.
//
// One thread at a time. The text and the index must outlive the cursor.
#ifndef PORTICO_CORE_CODEC_JSON_CURSOR_H_
#define PORTICO_CORE_CODEC_JSON_CURSOR_H_

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "absl/strings/string_view.h"
#include "core/codec/structural_index.h"

namespace portico::codec {

class JsonCursor {
 public:
  using Position = const std::uint32_t*;

  JsonCursor(absl::string_view text, const StructuralIndex& index)
      : text_(text.data()), next_(index.begin()), end_(index.end()) {}

  // First character of the next token, and its offset in the text.
  char Peek() const { return text_[*next_]; }
  std::size_t offset() const { return *next_; }
  bool AtEnd() const { return next_ == end_; }

  Position position() const { return next_; }
  void Return(Position position) { next_ = position; }

  bool Take(char c) {
    if (Peek() != c) return false;
    ++next_;
    return true;
  }

  // The raw text between the quotes of a string that Peek() says is next. Its escapes
  // are not checked.
  absl::string_view TakeString() {
    const std::size_t begin = *next_ + 1;
    ++next_;
    const std::size_t end = TrimmedEnd() - 1;
    return absl::string_view(text_ + begin, end - begin);
  }

  // The text of the next token when it is a number or a literal, valid or not.
  absl::string_view TakeScalar() {
    const std::size_t begin = *next_;
    ++next_;
    return absl::string_view(text_ + begin, TrimmedEnd() - begin);
  }

  // Passes one value of any kind and depth. False when it is not valid JSON;
  // otherwise its text.
  bool TakeValue(absl::string_view* value);

  absl::string_view Text(std::size_t begin, std::size_t end) const {
    return absl::string_view(text_ + begin, end - begin);
  }
  std::size_t OffsetOf(const char* p) const { return p - text_; }

 private:
  // Where the token before the next one ends. The last token is a bracket, so there
  // is a next one when this is called.
  std::size_t TrimmedEnd() const {
    std::size_t end = *next_;
    while (IsSpace(text_[end - 1])) --end;
    return end;
  }

  static bool IsSpace(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

  bool SkipScalar(std::size_t* end);
  bool SkipKey();

  const char* const text_;
  Position next_;
  const Position end_;
};

// Whether a raw string holds escapes.
inline bool HasEscapes(absl::string_view raw) {
  return !raw.empty() && std::memchr(raw.data(), '\\', raw.size()) != nullptr;
}

}  // namespace portico::codec

#endif  // PORTICO_CORE_CODEC_JSON_CURSOR_H_
