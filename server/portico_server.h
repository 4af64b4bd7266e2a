// The composition root: capability files in, a running server out. The only
// place that knows every part.
//
// Threads: Start, Shutdown and the destructor from one thread.
#ifndef PORTICO_SERVER_PORTICO_SERVER_H_
#define PORTICO_SERVER_PORTICO_SERVER_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "core/capability/finding.h"
#include "core/invoke/invoker.h"
#include "core/upstream/credentials.h"
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

class PorticoServer {
 public:
  // Findings of the capability files are appended. An error leaves nothing bound.
  // The environment is read once, here.
  static absl::StatusOr<std::unique_ptr<PorticoServer>> Start(
      const ServeOptions& options, const upstream::Environment& environment, const Log& log,
      capability::Findings* findings);
  // Shuts down without grace, unless Shutdown was called.
  virtual ~PorticoServer() = default;

  // Door name and bound address in the order gRPC, REST, MCP, e.g.
  // {"grpc", "127.0.0.1:50051"}; closed doors are left out.
  virtual std::vector<std::pair<std::string, std::string>> addresses() const = 0;

  // MCP on two file descriptors, whatever doors are open. Blocks until `in` ends; what
  // is in flight then has 50 ms to finish.
  virtual void ServeMcp(int in, int out) = 0;

  // Tells health, waits drain_delay, ends streams, lets unary calls finish
  // within shutdown_grace. Blocks.
  virtual void Shutdown() = 0;
};

}  // namespace portico::server

#endif  // PORTICO_SERVER_PORTICO_SERVER_H_
