#include "gateway/http/refusals.h"

#include <utility>

#include "absl/strings/str_cat.h"

namespace portico::http {
Problem MalformedRequest(std::string detail) {
  return MakeProblem(400, "MALFORMED_REQUEST", "The request is no valid HTTP/1.1",
                     std::move(detail));
}

Problem RequestTimeout(std::string detail) {
  return MakeProblem(408, "REQUEST_TIMEOUT", "The request came too slowly", std::move(detail));
}

Problem TargetTooLong(std::size_t limit_bytes) {
  return MakeProblem(414, "TARGET_TOO_LONG", "The path and query are too long",
                     absl::StrCat("At most ", limit_bytes, " bytes are read."));
}

Problem ExpectationFailed(std::string detail) {
  return MakeProblem(417, "EXPECTATION_FAILED", "The expectation cannot be met", std::move(detail));
}

Problem HeadTooLarge(std::string detail) {
  return MakeProblem(431, "HEAD_TOO_LARGE", "The request's header fields are too large",
                     std::move(detail));
}

Problem NoResponse() {
  return MakeProblem(500, "NO_RESPONSE", "Portico gave no response",
                     "A fault of Portico's: the request was taken and not answered.");
}

Problem TooManyConnections(std::size_t limit) {
  return MakeProblem(503, "TOO_MANY_CONNECTIONS", "Too many connections are open",
                     absl::StrCat("At most ", limit, " are served at a time. Try again later."));
}

Problem HttpVersionNotSupported() {
  return MakeProblem(505, "HTTP_VERSION_NOT_SUPPORTED", "The HTTP version is not supported",
                     "HTTP/1.1 and HTTP/1.0 are spoken here.");
}

}  // namespace portico::http
