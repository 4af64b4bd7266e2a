// The one gRPC service of Portico: every RPC of the Plan, from descriptors,
// reflection and health. No class or line per RPC of the Plan.
#ifndef PORTICO_SERVER_GRPC_GENERIC_SERVICE_H_
#define PORTICO_SERVER_GRPC_GENERIC_SERVICE_H_

#include <grpcpp/generic/async_generic_service.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "server/grpc/health_board.h"
#include "server/grpc/served_services.h"
#include "server/grpc/standing_call.h"
#include "server/grpc/stream_call.h"
#include "server/lane.h"

namespace portico::server {

// What new calls begin on: the services of one generation, and a lane for each loop.
struct GrpcGeneration {
  std::shared_ptr<const ServedServices> services;
  std::vector<std::shared_ptr<Lane>> lanes;
};

class GenericService final : public grpc::CallbackGenericService {
 public:
  // The loops must run until the server is down.
  explicit GenericService(GrpcGeneration first);

  // Calls that begin from now on are served by `next`, with lanes of the same loops.
  // Any thread.
  void Serve(GrpcGeneration next);

  // What health is answered from. Touched on the first loop only.
  const std::shared_ptr<HealthBoard>& health() const { return health_; }

  // Ends every open stream, health watch and reflection stream; new streams are
  // refused. Any thread.
  void EndStreams();

 private:
  grpc::ServerGenericBidiReactor* CreateReactor(
      grpc::GenericCallbackServerContext* context) override;

  // A call that no operation of the Plan stands behind; null when there is none of that name.
  std::shared_ptr<StandingCall> MakeStandingCall(const std::string& path,
                                                 const GrpcGeneration& generation);
  std::shared_ptr<const GrpcGeneration> current() const;

  mutable std::mutex mutex_;  // held to copy or set one pointer
  std::shared_ptr<const GrpcGeneration> current_;
  const std::vector<loop::EventLoop*> loops_;
  const std::shared_ptr<StandingCalls> standing_calls_;
  const std::shared_ptr<HealthBoard> health_ = std::make_shared<HealthBoard>();
  std::vector<StreamCall::OpenStreams> open_streams_;  // one per loop, touched on its loop only
  std::atomic<std::size_t> next_{0};
  std::atomic<bool> draining_{false};
};

}  // namespace portico::server

#endif  // PORTICO_SERVER_GRPC_GENERIC_SERVICE_H_
