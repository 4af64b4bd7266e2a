// Walks the fields of one Protobuf message's wire bytes, which may be anything: all
// reads are checked. Stricter than Protobuf's own parser in one thing: a varint
// with bits beyond its type is refused instead of cut.
//
// One thread at a time. The bytes must outlive the cursor.
#ifndef PORTICO_CORE_CODEC_WIRE_CURSOR_H_
#define PORTICO_CORE_CODEC_WIRE_CURSOR_H_

#include <cstdint>
#include <cstring>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "core/codec/wire_writer.h"

namespace portico::codec {

struct WireField {
  std::uint32_t number = 0;
  WireType type = WireType::kBytes;
  std::uint64_t scalar = 0;  // of all types but kBytes
  absl::string_view bytes;   // of kBytes
};

class WireCursor {
 public:
  WireCursor() = default;
  explicit WireCursor(absl::string_view wire) : p_(wire.data()), end_(wire.data() + wire.size()) {}

  bool AtEnd() const { return p_ == end_; }

  // False when what follows is no field: cut off, a group, a number of 0, a varint
  // that is too long.
  bool Next(WireField* field) {
    std::uint64_t tag;
    if (!Varint(&tag) || tag > 0xFFFFFFFF || tag < 8) return false;
    field->number = static_cast<std::uint32_t>(tag >> 3);
    field->type = static_cast<WireType>(tag & 7);
    switch (field->type) {
      case WireType::kVarint:
        return Varint(&field->scalar);
      case WireType::kBytes:
        return Bytes(&field->bytes);
      case WireType::kFixed64:
        return Fixed<std::uint64_t>(&field->scalar);
      case WireType::kFixed32:
        return Fixed<std::uint32_t>(&field->scalar);
    }
    return false;
  }

  bool Varint(std::uint64_t* value) {
    if (p_ != end_ && static_cast<signed char>(*p_) >= 0) {
      *value = static_cast<unsigned char>(*p_++);
      return true;
    }
    return LongVarint(value);
  }

  template <class Int>
  bool Fixed(std::uint64_t* value) {
    Int read;
    if (static_cast<std::size_t>(end_ - p_) < sizeof read) return false;
    std::memcpy(&read, p_, sizeof read);
    p_ += sizeof read;
    *value = read;
    return true;
  }

 private:
  bool Bytes(absl::string_view* bytes) {
    std::uint64_t size;
    if (!Varint(&size) || size > static_cast<std::uint64_t>(end_ - p_)) return false;
    *bytes = absl::string_view(p_, size);
    p_ += size;
    return true;
  }

  bool LongVarint(std::uint64_t* value) {
    std::uint64_t result = 0;
    for (int shift = 0; shift < 64 && p_ != end_; shift += 7) {
      const std::uint64_t byte = static_cast<unsigned char>(*p_++);
      if (shift == 63 && byte > 1) return false;
      result |= (byte & 0x7F) << shift;
      if (byte < 0x80) {
        *value = result;
        return true;
      }
    }
    return false;
  }

  const char* p_ = nullptr;
  const char* end_ = nullptr;
};

// The places where one field of a message stands, in order.
class Occurrences {
 public:
  // From `first` on, as long as fields of its number follow at `*cursor`.
  Occurrences(const WireField& first, WireCursor* cursor)
      : number_(first.number), following_(cursor), pending_(&first) {}

  // All in `parts`, which have been walked once and found to be well-formed.
  Occurrences(std::uint32_t number, absl::Span<const absl::string_view> parts)
      : number_(number), parts_(parts) {}

  bool Next(WireField* field) {
    if (following_ == nullptr) return NextInParts(field);
    if (pending_ != nullptr) {
      *field = *pending_;
      pending_ = nullptr;
      return true;
    }
    WireCursor ahead = *following_;
    if (ahead.AtEnd() || !ahead.Next(field) || field->number != number_) return false;
    *following_ = ahead;
    return true;
  }

 private:
  bool NextInParts(WireField* field) {
    while (true) {
      if (current_.AtEnd()) {
        if (parts_.empty()) return false;
        current_ = WireCursor(parts_.front());
        parts_.remove_prefix(1);
      } else if (!current_.Next(field)) {
        return false;
      } else if (field->number == number_) {
        return true;
      }
    }
  }

  const std::uint32_t number_;
  WireCursor* const following_ = nullptr;
  const WireField* pending_ = nullptr;
  WireCursor current_;
  absl::Span<const absl::string_view> parts_;
};

}  // namespace portico::codec

#endif  // PORTICO_CORE_CODEC_WIRE_CURSOR_H_
