// The doors that listen: opened once, by the operator's options, and handed what they
// serve, then and by each reload.
//
// Threads: one at a time, none of the loops'; SetServing on the first loop's. All that it
// is made of must outlive it, and the loops run.
#ifndef PORTICO_SERVER_DOORS_H_
#define PORTICO_SERVER_DOORS_H_

#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "gateway/mcp/call_board.h"
#include "gateway/mcp/mcp_door.h"
#include "gateway/openapi/openapi_document.h"
#include "gateway/rest/rest_door.h"
#include "server/grpc/grpc_door.h"
#include "server/http_port.h"
#include "server/log.h"
#include "server/serve_options.h"
#include "server/serving.h"
#include "server/shard.h"

namespace portico::server {

class Doors {
 public:
  Doors(const ServeOptions& options, const mcp::McpOptions& mcp, std::vector<Shard>& shards,
        const Log& log)
      : options_(options), mcp_options_(mcp), shards_(shards), log_(log) {}
  // Closes what is open at once.
  ~Doors();

  // Those that are not "off". Once; after an error some may be open.
  absl::Status Open(const Serving& first);

  // As PorticoServer::addresses, and as callers write them.
  std::vector<std::pair<std::string, std::string>> addresses() const;
  openapi::Doors Documented() const;

  // What begins from now on begins on `next`.
  void Serve(const Serving& next);

  // Tells gRPC's health whether an upstream of what is served is ready now.
  void SetServing(const Generation& generation, std::size_t upstream);

  void AnnounceShutdown();
  // All drain at the same time. Blocks until then, at the latest until `deadline`.
  void Close(absl::Time deadline);

 private:
  // `name` as in flags. Calls `make_door` on each loop, in their order.
  template <typename PortOptions>
  absl::Status OpenHttp(const std::string& name, const PortOptions& options,
                        const HttpPort::MakeDoor& make_door, std::unique_ptr<HttpPort>* port);
  absl::Status OpenRest(const Serving& first);
  absl::Status OpenMcp(const Serving& first);
  absl::Status OpenGrpc(const Serving& first);
  void ServeGrpc(const Serving& next);

  const ServeOptions& options_;
  const mcp::McpOptions& mcp_options_;
  std::vector<Shard>& shards_;
  const Log& log_;
  mcp::CallBoard board_;
  std::vector<rest::RestDoor*> rest_doors_;  // by loop; the port's
  std::vector<mcp::McpDoor*> mcp_doors_;
  std::unique_ptr<HttpPort> rest_;
  std::unique_ptr<HttpPort> mcp_;
  std::unique_ptr<GrpcDoor> grpc_;  // set on the first loop, which reads it at any time
};

}  // namespace portico::server

#endif  // PORTICO_SERVER_DOORS_H_
