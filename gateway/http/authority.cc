#include "gateway/http/authority.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"

namespace portico::http {
namespace {

bool IsUnreservedOrSubDelimiter(char c) {
  return absl::ascii_isalnum(static_cast<unsigned char>(c)) ||
         absl::StrContains("-._~!$&'()*+,;=", c);
}

bool IsRegisteredName(absl::string_view name) {
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (name[i] == '%') {
      if (i + 2 >= name.size() || !absl::ascii_isxdigit(name[i + 1]) ||
          !absl::ascii_isxdigit(name[i + 2])) {
        return false;
      }
      i += 2;
    } else if (!IsUnreservedOrSubDelimiter(name[i])) {
      return false;
    }
  }
  return !name.empty();
}

// By its characters: whether the groups are eight is nobody's concern here.
bool IsIpLiteral(absl::string_view inside) {
  return !inside.empty() && absl::StrContains(inside, ':') &&
         std::all_of(inside.begin(), inside.end(), [](unsigned char c) {
           return absl::ascii_isxdigit(c) || c == ':' || c == '.';
         });
}

bool IsPort(absl::string_view port) {
  return port.size() <= 5 && std::all_of(port.begin(), port.end(), absl::ascii_isdigit);
}

}  // namespace

bool IsAuthority(absl::string_view text) {
  absl::string_view port;
  if (absl::StartsWith(text, "[")) {
    const std::size_t end = text.find(']');
    if (end == absl::string_view::npos || !IsIpLiteral(text.substr(1, end - 1))) return false;
    port = text.substr(end + 1);
    return port.empty() || (port[0] == ':' && IsPort(port.substr(1)));
  }
  const std::size_t colon = text.find(':');
  if (colon != absl::string_view::npos) port = text.substr(colon + 1);
  return IsRegisteredName(text.substr(0, colon)) && IsPort(port);
}

}  // namespace portico::http
