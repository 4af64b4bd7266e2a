// One reflection stream: a question, its answer, the next question.
#ifndef PORTICO_SERVER_GRPC_REFLECTION_CALL_H_
#define PORTICO_SERVER_GRPC_REFLECTION_CALL_H_

#include <memory>
#include <utility>

#include "server/grpc/reflection_answers.h"
#include "server/grpc/standing_call.h"

namespace portico::server {

class ReflectionCall final : public StandingCall {
 public:
  // `answers` must outlive the server.
  ReflectionCall(std::shared_ptr<StandingCalls> calls, const ReflectionAnswers& answers)
      : StandingCall(std::move(calls)), answers_(answers) {}

 private:
  void OnRequest(const grpc::ByteBuffer& bytes) override;
  void OnNoRequest() override { FinishWith(grpc::Status::OK); }
  void OnWritten() override { Read(); }
  void OnEnding() override { FinishWith(ShuttingDown()); }

  const ReflectionAnswers& answers_;
};

}  // namespace portico::server

#endif  // PORTICO_SERVER_GRPC_REFLECTION_CALL_H_
