// Single fields, appended to wire bytes: for messages that hold a few of them.
//
// Pure but for what they write; any thread.
#ifndef PORTICO_CORE_CODEC_WIRE_APPEND_H_
#define PORTICO_CORE_CODEC_WIRE_APPEND_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "core/codec/wire_writer.h"

namespace portico::codec {

inline void AppendVarint(std::uint64_t value, std::string* wire) {
  for (; value >= 0x80; value >>= 7) wire->push_back(static_cast<char>(value | 0x80));
  wire->push_back(static_cast<char>(value));
}

// Tag, length and bytes of the field `number`.
inline void AppendBytes(std::uint32_t number, absl::string_view bytes, std::string* wire) {
  AppendVarint(MakeTag(number, WireType::kBytes), wire);
  AppendVarint(bytes.size(), wire);
  wire->append(bytes.data(), bytes.size());
}

}  // namespace portico::codec

#endif  // PORTICO_CORE_CODEC_WIRE_APPEND_H_
