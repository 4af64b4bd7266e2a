// What an UpstreamRequest may not hold, checked before anything is sent: the
// last fence against request splitting and smuggling. Pure; any thread.
#ifndef PORTICO_CORE_UPSTREAM_REQUEST_CHECK_H_
#define PORTICO_CORE_UPSTREAM_REQUEST_CHECK_H_

#include <optional>
#include <string>

#include "core/upstream/upstream_client.h"

namespace portico::upstream {

// Why `request` cannot be sent, naming the header but never a value; nullopt
// when it can:
//  - the method is no token, or CONNECT; HEAD with a body;
//  - the URL is not http:// or https:// with a host, holds user information,
//    spaces, control or non-ASCII characters, or a fragment;
//  - a header's name is no token, its value holds CR, LF, NUL or another control
//    character but tab;
//  - a header frames the message or speaks of the connection (Content-Length,
//    Transfer-Encoding, Connection, Expect, TE, Upgrade, ...): the engine's own.
std::optional<std::string> RequestProblem(const UpstreamRequest& request);

}  // namespace portico::upstream

#endif  // PORTICO_CORE_UPSTREAM_REQUEST_CHECK_H_
