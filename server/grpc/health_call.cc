#include "server/grpc/health_call.h"

#include "grpc/health/v1/health.pb.h"
#include "server/grpc/byte_buffer.h"

namespace portico::server {
namespace {

using grpc::health::v1::HealthCheckRequest;
using grpc::health::v1::HealthCheckResponse;

// The service asked for.
std::optional<std::string> ServiceIn(const grpc::ByteBuffer& bytes) {
  HealthCheckRequest request;
  bool parsed = false;
  WithBytes(bytes, [&](absl::string_view message) {
    parsed = request.ParseFromArray(message.data(), static_cast<int>(message.size()));
  });
  if (!parsed) return std::nullopt;
  return request.service();
}

HealthCheckResponse::ServingStatus StatusOf(bool serving) {
  return serving ? HealthCheckResponse::SERVING : HealthCheckResponse::NOT_SERVING;
}

std::string Encode(HealthCheckResponse::ServingStatus status) {
  HealthCheckResponse response;
  response.set_status(status);
  return response.SerializeAsString();
}

grpc::Status Unreadable() {
  return {grpc::StatusCode::INVALID_ARGUMENT, "not a HealthCheckRequest"};
}

}  // namespace

void HealthCheck::OnRequest(const grpc::ByteBuffer& bytes) {
  const std::optional<std::string> service = ServiceIn(bytes);
  if (!service.has_value()) return FinishWith(Unreadable());
  const std::optional<bool> serving = board_->Find(*service);
  if (!serving.has_value()) {
    return FinishWith({grpc::StatusCode::NOT_FOUND, "no such service is served here"});
  }
  Write(Encode(StatusOf(*serving)));
}

void HealthCheck::OnNoRequest() { FinishWith(Unreadable()); }

void HealthWatch::OnRequest(const grpc::ByteBuffer& bytes) {
  service_ = ServiceIn(bytes);
  if (!service_.has_value()) return FinishWith(Unreadable());
  board_->Watch(this);
  Tell();
}

void HealthWatch::OnNoRequest() { FinishWith(Unreadable()); }

void HealthWatch::OnWritten() {
  write_pending_ = false;
  Tell();
}

void HealthWatch::Tell() {
  if (write_pending_ || !service_.has_value()) return;
  const std::optional<bool> serving = board_->Find(*service_);
  const auto status =
      serving.has_value() ? StatusOf(*serving) : HealthCheckResponse::SERVICE_UNKNOWN;
  if (told_ != status) {
    told_ = status;
    write_pending_ = true;
    Write(Encode(status));
  } else if (ending()) {
    FinishWith(ShuttingDown());
  }
}

}  // namespace portico::server
