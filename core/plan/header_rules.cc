#include "core/plan/header_rules.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"

namespace portico::plan {

bool IsHeaderName(absl::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return absl::ascii_isalnum(c) ||
           (c != '\0' && absl::string_view("!#$%&'*+-.^_`|~").find(c) != absl::string_view::npos);
  });
}

bool IsHeaderValue(absl::string_view value) {
  return std::none_of(value.begin(), value.end(),
                      [](char c) { return absl::ascii_iscntrl(c) && c != '\t'; });
}

std::string ReasonNotToTake(absl::string_view name) {
  for (const char* connection :
       {"Connection", "Keep-Alive", "Proxy-Authenticate", "Proxy-Authorization", "Proxy-Connection",
        "TE", "Trailer", "Transfer-Encoding", "Upgrade"}) {
    if (absl::EqualsIgnoreCase(name, connection)) return "it belongs to one connection";
  }
  if (absl::EqualsIgnoreCase(name, "Host")) return "it comes from baseUri";
  if (absl::EqualsIgnoreCase(name, "Content-Length")) return "it comes from the body";
  if (absl::EqualsIgnoreCase(name, "Content-Type")) return "bodies are JSON";
  return "";
}

}  // namespace portico::plan
