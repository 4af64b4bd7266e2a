// The one gRPC service of Portico: every RPC of the Plan, from descriptors, and
// reflection. No class or line per RPC.
#ifndef PORTICO_SERVER_GRPC_GENERIC_SERVICE_H_
#define PORTICO_SERVER_GRPC_GENERIC_SERVICE_H_

#include <grpcpp/generic/async_generic_service.h>

#include <atomic>
#include <memory>
#include <vector>

#include "server/grpc/method_table.h"
#include "server/grpc/reflection_answers.h"
#include "server/grpc/stream_call.h"
#include "server/shard.h"

namespace portico::server {

class GenericService final : public grpc::CallbackGenericService {
 public:
  // All must outlive the service, and the loops must run until its server is down.
  GenericService(const MethodTable& methods, const ReflectionAnswers& reflection,
                 std::vector<Shard*> shards);

  // Ends every open stream, and refuses new ones. Any thread.
  void EndStreams();

 private:
  grpc::ServerGenericBidiReactor* CreateReactor(
      grpc::GenericCallbackServerContext* context) override;

  const MethodTable& methods_;
  const ReflectionAnswers& reflection_;
  const std::vector<Shard*> shards_;
  std::vector<StreamCall::OpenStreams> open_streams_;  // one per shard, touched on its loop only
  std::atomic<std::size_t> next_{0};
  std::atomic<bool> draining_{false};
};

}  // namespace portico::server

#endif  // PORTICO_SERVER_GRPC_GENERIC_SERVICE_H_
