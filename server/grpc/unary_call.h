// One unary RPC: an upstream answer, transcoded, or an error.
#ifndef PORTICO_SERVER_GRPC_UNARY_CALL_H_
#define PORTICO_SERVER_GRPC_UNARY_CALL_H_

#include "server/grpc/call_reactor.h"

namespace portico::server {

class UnaryCall final : public CallReactor {
 public:
  using CallReactor::CallReactor;

 private:
  void OnStarted() override {}
  void OnAbandoned() override { FinishWith(Abandonment()); }
  upstream::Flow OnEvent(const upstream::SseEvent&) override { return upstream::Flow::kContinue; }
  void OnOutcome(invoke::Outcome outcome) override;

  // The answer's body as the response message.
  absl::Status Transcode(const invoke::Outcome& outcome, std::string* wire) const;
  void Answer(std::string wire, int upstream_status);

  grpc::ByteBuffer response_;  // until OnDone: gRPC reads it after Finish returned
};

}  // namespace portico::server

#endif  // PORTICO_SERVER_GRPC_UNARY_CALL_H_
