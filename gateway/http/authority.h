// The authority in a Host field or an absolute target: host[:port]
// (RFC 9110, 7.2; RFC 3986, 3.2.2).
//
// Pure; any thread.
#ifndef PORTICO_GATEWAY_HTTP_AUTHORITY_H_
#define PORTICO_GATEWAY_HTTP_AUTHORITY_H_

#include "absl/strings/string_view.h"

namespace portico::http {

// A name, an IPv4 address or an IPv6 address in brackets, not empty and without
// user information; then nothing, or a colon and at most five digits.
bool IsAuthority(absl::string_view text);

}  // namespace portico::http

#endif  // PORTICO_GATEWAY_HTTP_AUTHORITY_H_
