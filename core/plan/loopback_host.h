// Which hosts are this machine by their very spelling: what is sent there is on no network, and
// who calls there is no stranger.
//
// Pure function; any thread.
#ifndef PORTICO_CORE_PLAN_LOOPBACK_HOST_H_
#define PORTICO_CORE_PLAN_LOOPBACK_HOST_H_

#include "absl/strings/string_view.h"

namespace portico::plan {

// `host`: as in a URI, without port. "localhost" in any case (RFC 6761, 6.3), 127.0.0.0/8 in
// figures and "[::1]"; no name that merely begins so, and none is resolved.
bool IsLoopbackHost(absl::string_view host);

}  // namespace portico::plan

#endif  // PORTICO_CORE_PLAN_LOOPBACK_HOST_H_
