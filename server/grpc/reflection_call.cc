#include "server/grpc/reflection_call.h"

#include "server/grpc/byte_buffer.h"

namespace portico::server {

ReflectionCall::ReflectionCall(const ReflectionAnswers& answers) : answers_(answers) {
  StartRead(&request_);
}

void ReflectionCall::OnReadDone(bool ok) {
  if (!ok) return Finish(grpc::Status::OK);  // the client has no more questions
  grpc::reflection::v1::ServerReflectionRequest request;
  bool parsed = false;
  WithBytes(request_, [&](absl::string_view bytes) {
    parsed = request.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
  });
  if (!parsed) {
    return Finish({grpc::StatusCode::INVALID_ARGUMENT, "not a ServerReflectionRequest"});
  }
  response_ = ToByteBuffer(answers_.Answer(request).SerializeAsString());
  StartWrite(&response_);
}

void ReflectionCall::OnWriteDone(bool ok) {
  if (!ok) return Finish(grpc::Status::CANCELLED);
  StartRead(&request_);
}

void ReflectionCall::OnDone() { delete this; }

}  // namespace portico::server
