// The gRPC door: listens, serves every RPC of the Plan, tells health, drains.
//
// Threads: Start, Shutdown and the destructor from one thread; the rest from any.
#ifndef PORTICO_SERVER_GRPC_GRPC_DOOR_H_
#define PORTICO_SERVER_GRPC_GRPC_DOOR_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "server/grpc/served_services.h"
#include "server/lane.h"

namespace portico::server {

struct GrpcDoorOptions {
  std::string address = "127.0.0.1:50051";   // "host:port" (0: a free one) or "unix:/path"
  int max_request_bytes = 16 * 1024 * 1024;  // one more: RESOURCE_EXHAUSTED
  int max_streams_per_connection = 10000;
  absl::Duration keepalive = absl::Minutes(2);  // server's pings to idle clients
  absl::Duration keepalive_timeout = absl::Seconds(20);
  absl::Duration min_client_ping_interval = absl::Seconds(10);
  absl::Duration max_connection_age = absl::InfiniteDuration();
  absl::Duration max_connection_age_grace = absl::InfiniteDuration();
  absl::Duration max_connection_idle = absl::InfiniteDuration();
  bool compress = false;  // answers of 1 KB and more, as the client accepts
};

class GrpcDoor {
 public:
  // Binds and serves at once, by a lane for each loop. The loops must run until
  // Shutdown has returned.
  static absl::StatusOr<std::unique_ptr<GrpcDoor>> Start(
      std::shared_ptr<const ServedServices> services, std::vector<std::shared_ptr<Lane>> lanes,
      const GrpcDoorOptions& options);
  virtual ~GrpcDoor() = default;

  // As printed at start: with the port that was bound.
  virtual const std::string& address() const = 0;

  // Calls, reflection and health that begin from now on see these services; calls that
  // have begun end as they began. `serving`: by upstream, as told to SetServing.
  virtual void Serve(std::shared_ptr<const ServedServices> services,
                     std::vector<std::shared_ptr<Lane>> lanes,
                     const std::vector<bool>& serving) = 0;

  // Whether upstream `upstream` can be called; nothing when other services are served by
  // now. A service is serving when all that its operations call can be.
  virtual void SetServing(const ServedServices& services, std::size_t upstream, bool serving) = 0;

  // Health turns NOT_SERVING at once and stays so.
  virtual void AnnounceShutdown() = 0;

  // Ends streams with UNAVAILABLE and the event id to resume from, and health and
  // reflection streams with UNAVAILABLE; lets unary calls finish until `deadline`,
  // cancels what is left. Blocks.
  virtual void Shutdown(absl::Time deadline) = 0;
};

}  // namespace portico::server

#endif  // PORTICO_SERVER_GRPC_GRPC_DOOR_H_
