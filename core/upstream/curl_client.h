// UpstreamClient over libcurl: curl_multi_socket_action on one event loop.
//
// Two multi handles, one for unary exchanges and one for streams: libcurl scans
// a host's connections linearly, and 2,000 streams in the same multi make a
// unary call cost ten times its CPU (measured with 7.88).
//
// Known limit: libcurl does not notice a gzip body that is cut short although its
// Content-Length is met; the reader of the content does.
//
// The parts: request_check (what is refused), host_queue (who waits),
// curl_easy_pool and curl_easy_options (handles), curl_multi_driver (sockets and
// timers), curl_transfer (one exchange), curl_failure (what an error means).
#ifndef PORTICO_CORE_UPSTREAM_CURL_CLIENT_H_
#define PORTICO_CORE_UPSTREAM_CURL_CLIENT_H_

#include <memory>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "core/loop/event_loop.h"
#include "core/upstream/curl_options.h"
#include "core/upstream/upstream_client.h"

namespace portico::upstream {

// Once per process, before any other thread starts. FailedPrecondition when the
// libcurl that is loaded is too old, known to be broken, or lacks TLS, gzip or a
// resolver that does not block.
absl::Status InitializeCurl();

// `loop` must outlive the client; construct and destroy it on the loop's thread
// (or while the loop does not run). Fails when options.ca_file cannot be used.
absl::StatusOr<std::unique_ptr<UpstreamClient>> MakeCurlClient(loop::EventLoop& loop,
                                                               const CurlOptions& options);

}  // namespace portico::upstream

#endif  // PORTICO_CORE_UPSTREAM_CURL_CLIENT_H_
