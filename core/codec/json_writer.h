// Appends JSON text to a string.
//
// Separator() needs no state: inside a container a comma is due unless its opening
// bracket stands last, and no value ends in one.
//
// One thread at a time.
#ifndef PORTICO_CORE_CODEC_JSON_WRITER_H_
#define PORTICO_CORE_CODEC_JSON_WRITER_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>

#include "absl/strings/string_view.h"
#include "core/codec/json_number.h"
#include "core/codec/json_string.h"

namespace portico::codec {

class JsonWriter {
 public:
  explicit JsonWriter(std::string* out)
      : out_(*out), start_(out->size()), position_(start_), data_(out->data()), size_(start_) {}

  void Reserve(std::size_t n) {
    if (size_ - position_ < n) Grow(n);
  }

  void Char(char c) {
    Reserve(1);
    data_[position_++] = c;
  }
  void Raw(absl::string_view text) {
    Reserve(text.size());
    Append(text.data(), text.size());
  }
  // Before every member or element.
  void Separator() {
    if (Last() != '{' && Last() != '[') Char(',');
  }
  char Last() const { return data_[position_ - 1]; }  // only when something stands there

  // `text` as a JSON string; false when it is not UTF-8.
  bool String(absl::string_view text) {
    const char* const end = text.data() + text.size();
    const char* const plain = SkipPlain<Stop::kEscapesAndNonAscii>(text.data(), end);
    if (plain != end) return EscapedString(text, plain - text.data());
    Reserve(text.size() + 2);
    data_[position_++] = '"';
    Append(text.data(), text.size());
    data_[position_++] = '"';
    return true;
  }

  void Int64(std::int64_t value) {
    Reserve(kMaxNumberSize);
    position_ = WriteInt64(value, data_ + position_) - data_;
  }
  void Uint64(std::uint64_t value) {
    Reserve(kMaxNumberSize);
    position_ = WriteUint64(value, data_ + position_) - data_;
  }
  // `value` is finite.
  void Double(double value) {
    Reserve(kMaxNumberSize);
    position_ = WriteDouble(value, data_ + position_) - data_;
  }

  std::size_t position() const { return position_; }
  // Undoes what was written since.
  void Return(std::size_t position) { position_ = position; }

  // Exactly one of these, last: all in place, or as if nothing had been written.
  void Finish() { out_.resize(position_); }
  void Abandon() { out_.resize(start_); }

 private:
  void Grow(std::size_t n);
  bool EscapedString(absl::string_view text, std::size_t plain);
  void Escape(unsigned char c);

  void Append(const char* from, std::size_t n) {
    if (n != 0) std::memcpy(data_ + position_, from, n);
    position_ += n;
  }

  std::string& out_;
  const std::size_t start_;
  std::size_t position_;
  char* data_;
  std::size_t size_;
};

}  // namespace portico::codec

#endif  // PORTICO_CORE_CODEC_JSON_WRITER_H_
