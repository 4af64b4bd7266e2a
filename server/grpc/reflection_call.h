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
  // One stream is answered from one generation, whatever is loaded meanwhile.
  ReflectionCall(std::shared_ptr<StandingCalls> calls,
                 std::shared_ptr<const ReflectionAnswers> answers)
      : StandingCall(std::move(calls)), answers_(std::move(answers)) {}

 private:
  void OnRequest(const grpc::ByteBuffer& bytes) override;
  void OnNoRequest() override { FinishWith(grpc::Status::OK); }
  void OnWritten() override { Read(); }
  void OnEnding() override { FinishWith(ShuttingDown()); }

  const std::shared_ptr<const ReflectionAnswers> answers_;
};

}  // namespace portico::server

#endif  // PORTICO_SERVER_GRPC_REFLECTION_CALL_H_
