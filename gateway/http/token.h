// Characters of HTTP's grammar (RFC 9110, 5.6.2).
//
// Pure; any thread.
#ifndef PORTICO_GATEWAY_HTTP_TOKEN_H_
#define PORTICO_GATEWAY_HTTP_TOKEN_H_

#include <algorithm>
#include <cstdint>

#include "absl/strings/ascii.h"
#include "absl/strings/string_view.h"

namespace portico::http {

// "tchar": what methods and field names are made of.
inline bool IsTokenChar(char c) {
  switch (c) {
    case '!':
    case '#':
    case '$':
    case '%':
    case '&':
    case '\'':
    case '*':
    case '+':
    case '-':
    case '.':
    case '^':
    case '_':
    case '`':
    case '|':
    case '~':
      return true;
    default:
      return absl::ascii_isalnum(static_cast<unsigned char>(c));
  }
}

inline bool IsToken(absl::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), IsTokenChar);
}

// What may stand in a field's value: anything but controls, and tab.
inline bool IsFieldChar(char c) {
  const auto byte = static_cast<std::uint8_t>(c);
  return c == '\t' || (byte >= 0x20 && byte != 0x7f);
}

}  // namespace portico::http

#endif  // PORTICO_GATEWAY_HTTP_TOKEN_H_
