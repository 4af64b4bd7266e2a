// What the operator says of a server: which files, which doors, which limits.
//
// Plain data; any thread.
#ifndef PORTICO_SERVER_SERVE_OPTIONS_H_
#define PORTICO_SERVER_SERVE_OPTIONS_H_

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "core/invoke/invoker.h"
#include "core/upstream/curl_client.h"
#include "gateway/http/limits.h"
#include "gateway/rest/rest_door.h"
#include "server/grpc/grpc_door.h"
#include "server/log.h"
#include "server/mcp_port_options.h"

namespace portico::server {

// The REST door's address and what stands before it.
struct RestPortOptions {
  std::string address = "127.0.0.1:8080";  // "off": closed
  std::string tls_certificate_file;        // PEM, with its chain; empty: clear text
  std::string tls_key_file;
  http::Limits limits;
  rest::RestOptions door;
};

struct ServeOptions {
  std::vector<std::string> capabilities;  // files or folders; none: the built-in three
  std::vector<std::pair<std::string, std::string>> base_uris;  // by namespace
  // Files or folders, in order; kBuiltInOverlays: those for the built-in three.
  std::vector<std::string> overlays;
  // plan::CompileOptions::allow_caller_authorization.
  bool allow_caller_authorization = false;
  bool watch = true;  // load files anew when they have changed
  bool demo = false;  // serve the built-in capabilities from stand-ins in this process
  bool allow_public = false;
  std::size_t threads = 0;  // event loops; 0: one per core
  GrpcDoorOptions grpc;
  RestPortOptions rest;
  McpPortOptions mcp;
  invoke::InvokerOptions invoke;
  upstream::CurlOptions curl;
  absl::Duration drain_delay = absl::ZeroDuration();  // NOT_SERVING before anything ends
  absl::Duration shutdown_grace = absl::Seconds(10);  // for calls in flight
  LogFormat log_format = LogFormat::kText;
};

}  // namespace portico::server

#endif  // PORTICO_SERVER_SERVE_OPTIONS_H_
