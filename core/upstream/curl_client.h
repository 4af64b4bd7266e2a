// UpstreamClient over libcurl: curl_multi_socket_action on one event loop.
//
// Two multi handles, one for unary exchanges and one for streams: libcurl scans
// a host's connections linearly, and 2,000 streams in the same multi make a
// unary call cost ten times its CPU.
#ifndef PORTICO_CORE_UPSTREAM_CURL_CLIENT_H_
#define PORTICO_CORE_UPSTREAM_CURL_CLIENT_H_

#include <memory>
#include <string>

#include "core/loop/event_loop.h"
#include "core/upstream/upstream_client.h"

namespace portico::upstream {

struct CurlOptions {
  std::string ca_file;          // trusted besides the system's; empty: none
  std::string user_agent = "portico";
  long max_host_connections = 256;
  bool http2 = true;            // by ALPN over TLS, unary exchanges only
};

// Once per process before any thread starts; checks libcurl's version and features.
void InitializeCurl();

// `loop` must outlive the client; construct and destroy it on the loop's thread.
std::unique_ptr<UpstreamClient> MakeCurlClient(loop::EventLoop& loop, const CurlOptions& options);

}  // namespace portico::upstream

#endif  // PORTICO_CORE_UPSTREAM_CURL_CLIENT_H_
