#include "core/plan/header_rules.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "core/plan/token.h"

namespace portico::plan {

bool IsHeaderName(absl::string_view name) { return IsToken(name); }

bool IsHeaderValue(absl::string_view value) {
  return std::all_of(value.begin(), value.end(), IsFieldChar);
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
