// How long a caller is ready to wait, from the request's header fields.
//
// Pure; any thread.
#ifndef PORTICO_GATEWAY_REST_CALLER_TIMEOUT_H_
#define PORTICO_GATEWAY_REST_CALLER_TIMEOUT_H_

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "gateway/http/request_head.h"

namespace portico::rest {

// `Grpc-Timeout` (at most 8 digits and one of H, M, S, m, u, n; gRPC's HTTP/2
// protocol, "Timeout"), and `X-Request-Timeout`: seconds ("2.5") or with a unit
// ("1500ms", "1m30s"). Both: the shorter. Infinite when neither is there.
// InvalidArgument naming the field that cannot be read, or is negative.
absl::StatusOr<absl::Duration> CallerTimeout(const http::RequestHead& head);

}  // namespace portico::rest

#endif  // PORTICO_GATEWAY_REST_CALLER_TIMEOUT_H_
