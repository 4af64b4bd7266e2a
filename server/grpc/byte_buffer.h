// Message bytes between gRPC's buffers and ours.
#ifndef PORTICO_SERVER_GRPC_BYTE_BUFFER_H_
#define PORTICO_SERVER_GRPC_BYTE_BUFFER_H_

#include <grpcpp/support/byte_buffer.h>

#include <string>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"

namespace portico::server {

// Takes over the string; long ones are not copied.
grpc::ByteBuffer ToByteBuffer(std::string bytes);

// Lends the buffer's bytes, in one piece, to `use`. False when gRPC cannot
// read them (a broken compressed message); `use` is not called then.
bool WithBytes(const grpc::ByteBuffer& buffer, absl::FunctionRef<void(absl::string_view)> use);

}  // namespace portico::server

#endif  // PORTICO_SERVER_GRPC_BYTE_BUFFER_H_
