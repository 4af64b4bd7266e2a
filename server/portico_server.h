// The composition root: capability files in, a running server out. The only
// place that knows every part.
//
// Threads: Start, Shutdown and the destructor from one thread; Reload from any, before
// Shutdown.
#ifndef PORTICO_SERVER_PORTICO_SERVER_H_
#define PORTICO_SERVER_PORTICO_SERVER_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "core/capability/finding.h"
#include "core/upstream/credentials.h"
#include "server/log.h"
#include "server/serve_options.h"

namespace portico::server {

// Each finding as a line.
void WriteFindings(const capability::Findings& findings, const Log& log);

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

  // Loads the files anew, on a thread of its own, and returns at once. The log says what
  // came of it. A file that has an error leaves everything as it was.
  virtual void Reload() = 0;

  // Tells health, waits drain_delay, ends streams, lets unary calls finish
  // within shutdown_grace. Blocks.
  virtual void Shutdown() = 0;
};

}  // namespace portico::server

#endif  // PORTICO_SERVER_PORTICO_SERVER_H_
