// Characters of HTTP's grammar (RFC 9110, 5.6.2).
//
// Pure; any thread.
#ifndef PORTICO_CORE_PLAN_TOKEN_H_
#define PORTICO_CORE_PLAN_TOKEN_H_

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

#include "absl/strings/string_view.h"

namespace portico::plan {

// "tchar", what methods and field names are made of, by byte: one look each, since
// every name of every head is read by it.
inline constexpr std::array<bool, 256> kTokenChars = [] {
  std::array<bool, 256> chars{};
  for (const char c : std::string_view("!#$%&'*+-.^_`|~0123456789"
                                       "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")) {
    chars[static_cast<unsigned char>(c)] = true;
  }
  return chars;
}();

inline bool IsTokenChar(char c) { return kTokenChars[static_cast<unsigned char>(c)]; }

inline bool IsToken(absl::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), IsTokenChar);
}

// What may stand in a field's value: anything but controls, and tab.
inline bool IsFieldChar(char c) {
  const auto byte = static_cast<std::uint8_t>(c);
  return c == '\t' || (byte >= 0x20 && byte != 0x7f);
}

}  // namespace portico::plan

#endif  // PORTICO_CORE_PLAN_TOKEN_H_
