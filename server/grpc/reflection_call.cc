#include "server/grpc/reflection_call.h"

#include "server/grpc/byte_buffer.h"

namespace portico::server {

void ReflectionCall::OnRequest(const grpc::ByteBuffer& bytes) {
  if (ending()) return FinishWith(ShuttingDown());
  grpc::reflection::v1::ServerReflectionRequest request;
  bool parsed = false;
  WithBytes(bytes, [&](absl::string_view message) {
    parsed = request.ParseFromArray(message.data(), static_cast<int>(message.size()));
  });
  if (!parsed) {
    return FinishWith({grpc::StatusCode::INVALID_ARGUMENT, "not a ServerReflectionRequest"});
  }
  Write(answers_->Answer(request).SerializeAsString());
}

}  // namespace portico::server
