#include "gateway/mcp/counted_caller.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace portico::mcp {
namespace {

bool IsInAuthorization(const plan::Authentication& authentication) {
  return authentication.scheme == plan::AuthenticationScheme::kBearer ||
         authentication.scheme == plan::AuthenticationScheme::kBasic;
}

}  // namespace

std::string CountedCaller::For(const plan::Access* access) const {
  if (access == nullptr ||
      !std::all_of(access->accepted.begin(), access->accepted.end(), IsInAuthorization)) {
    return address;
  }
  // The scheme's case is the caller's choice (RFC 9110, 11.1).
  return absl::StrCat(address, "\n", authorization.substr(authorization.find(' ') + 1));
}

}  // namespace portico::mcp
