// Appends Protobuf wire bytes to a string.
//
// A length stands before its message but is known after it. One byte is kept for
// it; where it needs more, Finish() makes the room for all such lengths in one
// pass, so that deep nesting costs no repeated moving and positions stay valid
// while writing.
//
// One thread at a time.
#ifndef PORTICO_CORE_CODEC_WIRE_WRITER_H_
#define PORTICO_CORE_CODEC_WIRE_WRITER_H_

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace portico::codec {

enum class WireType : std::uint32_t { kVarint = 0, kFixed64 = 1, kBytes = 2, kFixed32 = 5 };

constexpr std::uint32_t MakeTag(std::uint32_t number, WireType type) {
  return number << 3 | static_cast<std::uint32_t>(type);
}

constexpr std::size_t VarintSize(std::uint64_t value) {
  return (std::bit_width(value | 1) + 6) / 7;
}

class WireWriter {
 public:
  // A length that Open() kept room for.
  struct Length {
    std::size_t at;     // of the byte kept for it
    std::size_t value;  // when open: growth before it; when closed: the length
  };
  struct Mark {
    std::size_t position;
    std::size_t lengths;
    std::size_t growth;
  };

  // `lengths` is working memory, kept by the caller for reuse.
  WireWriter(std::string* out, std::vector<Length>* lengths)
      : out_(*out), lengths_(*lengths), start_(out->size()), position_(start_) {
    lengths_.clear();
    data_ = out_.data();
    size_ = out_.size();
  }

  // Room for `n` more bytes; the writes below need none asked for, but
  // AppendVarint() and AppendBytes() do.
  void Reserve(std::size_t n) {
    if (size_ - position_ < n) Grow(n);
  }

  void Varint(std::uint64_t value) {
    Reserve(10);
    AppendVarint(value);
  }
  void Fixed64(std::uint64_t value) {
    Reserve(8);
    std::memcpy(data_ + position_, &value, 8);
    position_ += 8;
  }
  void Fixed32(std::uint32_t value) {
    Reserve(4);
    std::memcpy(data_ + position_, &value, 4);
    position_ += 4;
  }
  void Byte(unsigned char value) {
    Reserve(1);
    data_[position_++] = static_cast<char>(value);
  }
  // A length and the bytes.
  void Bytes(absl::string_view bytes) {
    Reserve(10 + bytes.size());
    AppendVarint(bytes.size());
    AppendBytes(bytes);
  }

  void AppendVarint(std::uint64_t value) {
    while (value >= 0x80) {
      data_[position_++] = static_cast<char>(value | 0x80);
      value >>= 7;
    }
    data_[position_++] = static_cast<char>(value);
  }
  void AppendBytes(absl::string_view bytes) {
    if (!bytes.empty()) std::memcpy(data_ + position_, bytes.data(), bytes.size());
    position_ += bytes.size();
  }

  // A length and the message written between Open() and Close(). They nest.
  std::size_t Open() {
    lengths_.push_back({position_, growth_});
    Byte(0);
    return lengths_.size() - 1;
  }
  void Close(std::size_t index) {
    Length& length = lengths_[index];
    const std::size_t value = position_ - length.at - 1 + (growth_ - length.value);
    length.value = value;
    if (value < 0x80) {
      // So short that all lengths inside are short, too, and gone.
      data_[length.at] = static_cast<char>(value);
      lengths_.pop_back();
    } else {
      growth_ += VarintSize(value) - 1;
    }
  }

  // Undoes everything written since, also what is still open.
  Mark mark() const { return {position_, lengths_.size(), growth_}; }
  void Return(const Mark& mark) {
    position_ = mark.position;
    lengths_.resize(mark.lengths);
    growth_ = mark.growth;
  }

  // Positions are only good for At(), and only before Finish().
  std::size_t position() const { return position_; }
  const char* At(std::size_t position) const { return data_ + position; }
  char* Here() { return data_ + position_; }
  void Advance(std::size_t n) { position_ += n; }

  // Bytes that Finish() will have appended.
  std::size_t size() const { return position_ - start_ + growth_; }

  // Exactly one of these, last: all in place, or as if nothing had been written.
  void Finish();
  void Abandon() { out_.resize(start_); }

 private:
  void Grow(std::size_t n);

  std::string& out_;
  std::vector<Length>& lengths_;
  const std::size_t start_;
  std::size_t position_;
  std::size_t growth_ = 0;  // bytes that closed lengths need beyond the one kept
  char* data_;
  std::size_t size_;
};

}  // namespace portico::codec

#endif  // PORTICO_CORE_CODEC_WIRE_WRITER_H_
