// The one gRPC service of Portico: every RPC of the Plan, from descriptors,
// reflection and health. No class or line per RPC of the Plan.
#ifndef PORTICO_SERVER_GRPC_GENERIC_SERVICE_H_
#define PORTICO_SERVER_GRPC_GENERIC_SERVICE_H_

#include <grpcpp/generic/async_generic_service.h>

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "core/access/access_control.h"
#include "server/grpc/health_board.h"
#include "server/grpc/method_table.h"
#include "server/grpc/reflection_answers.h"
#include "server/grpc/standing_call.h"
#include "server/grpc/stream_call.h"
#include "server/shard.h"

namespace portico::server {

class GenericService final : public grpc::CallbackGenericService {
 public:
  // All must outlive the service, and the loops must run until its server is down.
  GenericService(const MethodTable& methods, const access::AccessControl& access,
                 const ReflectionAnswers& reflection, std::vector<Shard*> shards);

  // What health is answered from. Touched on the first shard's loop only.
  const std::shared_ptr<HealthBoard>& health() const { return health_; }

  // Ends every open stream, health watch and reflection stream; new streams are
  // refused. Any thread.
  void EndStreams();

 private:
  grpc::ServerGenericBidiReactor* CreateReactor(
      grpc::GenericCallbackServerContext* context) override;

  // A call that no operation of the Plan stands behind; null when there is none of that name.
  std::shared_ptr<StandingCall> MakeStandingCall(const std::string& path);

  const MethodTable& methods_;
  const access::AccessControl& access_;
  const ReflectionAnswers& reflection_;
  const std::vector<Shard*> shards_;
  const std::shared_ptr<StandingCalls> standing_calls_;
  const std::shared_ptr<HealthBoard> health_ = std::make_shared<HealthBoard>();
  std::vector<StreamCall::OpenStreams> open_streams_;  // one per shard, touched on its loop only
  std::atomic<std::size_t> next_{0};
  std::atomic<bool> draining_{false};
};

}  // namespace portico::server

#endif  // PORTICO_SERVER_GRPC_GENERIC_SERVICE_H_
