// What the operator says about connections to upstreams. Plain data.
#ifndef PORTICO_CORE_UPSTREAM_CURL_OPTIONS_H_
#define PORTICO_CORE_UPSTREAM_CURL_OPTIONS_H_

#include <cstddef>
#include <string>

namespace portico::upstream {

struct CurlOptions {
  // PEM file of authorities trusted besides the system's; empty: none.
  std::string ca_file = {};
  std::string user_agent = "portico";
  // Unary exchanges under way per scheme, host and port, on one loop; the rest
  // wait in order. Streams do not count.
  std::size_t max_host_connections = 256;
  bool http2 = true;  // by ALPN over TLS, unary exchanges only
};

}  // namespace portico::upstream

#endif  // PORTICO_CORE_UPSTREAM_CURL_OPTIONS_H_
