#include "core/upstream/upstream_client.h"

#include <ostream>

#include "absl/strings/match.h"

namespace portico::upstream {

const std::string* ResponseHead::Find(absl::string_view name) const {
  for (const Header& header : headers) {
    if (header.name.size() == name.size() && absl::EqualsIgnoreCase(header.name, name)) {
      return &header.value;
    }
  }
  return nullptr;
}

absl::string_view FailureName(Failure failure) {
  switch (failure) {
    case Failure::kNone:
      return "none";
    case Failure::kDns:
      return "dns";
    case Failure::kConnect:
      return "connect";
    case Failure::kConnectTimeout:
      return "connect timeout";
    case Failure::kTlsHandshake:
      return "TLS handshake";
    case Failure::kTlsVerification:
      return "TLS verification";
    case Failure::kConnectionLost:
      return "connection lost";
    case Failure::kDeadline:
      return "deadline";
    case Failure::kResponseTooLarge:
      return "response too large";
    case Failure::kMalformed:
      return "malformed response";
    case Failure::kInvalidRequest:
      return "invalid request";
    case Failure::kTokenRefused:
      return "token refused";
    case Failure::kTokenUnavailable:
      return "token unavailable";
    case Failure::kInternal:
      return "internal";
  }
  return "unknown";
}

std::ostream& operator<<(std::ostream& out, Failure failure) { return out << FailureName(failure); }

}  // namespace portico::upstream
