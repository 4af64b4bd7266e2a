// One reflection stream: a question, its answer, the next question.
//
// Runs on gRPC's threads; one operation at a time, so nothing is shared.
#ifndef PORTICO_SERVER_GRPC_REFLECTION_CALL_H_
#define PORTICO_SERVER_GRPC_REFLECTION_CALL_H_

#include <grpcpp/generic/async_generic_service.h>

#include "server/grpc/reflection_answers.h"

namespace portico::server {

class ReflectionCall final : public grpc::ServerGenericBidiReactor {
 public:
  explicit ReflectionCall(const ReflectionAnswers& answers);

 private:
  void OnReadDone(bool ok) override;
  void OnWriteDone(bool ok) override;
  void OnDone() override;

  const ReflectionAnswers& answers_;
  grpc::ByteBuffer request_;
  grpc::ByteBuffer response_;
};

}  // namespace portico::server

#endif  // PORTICO_SERVER_GRPC_REFLECTION_CALL_H_
