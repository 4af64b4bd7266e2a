// gRPC's health protocol (grpc/health/v1/health.proto), answered from the HealthBoard.
// Not gRPC's own health service: its watches are calls that nothing ends, so that
// one open watch would hold up a shutdown for the whole of its grace.
#ifndef PORTICO_SERVER_GRPC_HEALTH_CALL_H_
#define PORTICO_SERVER_GRPC_HEALTH_CALL_H_

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "server/grpc/health_board.h"
#include "server/grpc/standing_call.h"

namespace portico::server {

// Check: one answer. NOT_FOUND for a service that is not known.
class HealthCheck final : public StandingCall {
 public:
  HealthCheck(std::shared_ptr<StandingCalls> calls, std::shared_ptr<const HealthBoard> board)
      : StandingCall(std::move(calls)), board_(std::move(board)) {}

 private:
  void OnRequest(const grpc::ByteBuffer& bytes) override;
  void OnNoRequest() override;
  void OnWritten() override { FinishWith(grpc::Status::OK); }
  void OnEnding() override {}  // short-lived anyway

  const std::shared_ptr<const HealthBoard> board_;
};

// Watch: what the service's health is, then each change, SERVICE_UNKNOWN included.
// A shutdown ends it once the client has been told.
class HealthWatch final : public StandingCall, private HealthBoard::Watcher {
 public:
  HealthWatch(std::shared_ptr<StandingCalls> calls, std::shared_ptr<HealthBoard> board)
      : StandingCall(std::move(calls)), board_(std::move(board)) {}

 private:
  void OnRequest(const grpc::ByteBuffer& bytes) override;
  void OnNoRequest() override;
  void OnWritten() override;
  void OnEnding() override { Tell(); }
  void OnClosed() override { board_->Unwatch(this); }
  void OnHealthChange() override { Tell(); }

  // Writes what has changed since the last write; when nothing has, ends if asked to.
  void Tell();

  const std::shared_ptr<HealthBoard> board_;
  std::optional<std::string> service_;  // once the request was read
  std::optional<int> told_;             // a HealthCheckResponse::ServingStatus
  bool write_pending_ = false;
};

}  // namespace portico::server

#endif  // PORTICO_SERVER_GRPC_HEALTH_CALL_H_
