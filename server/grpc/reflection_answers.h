// Answers to server reflection requests (grpc.reflection.v1), from the
// descriptors that the gRPC door serves. Pure; any thread.
#ifndef PORTICO_SERVER_GRPC_REFLECTION_ANSWERS_H_
#define PORTICO_SERVER_GRPC_REFLECTION_ANSWERS_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "grpc/reflection/v1/reflection.pb.h"

namespace google::protobuf {
class DescriptorPool;
class FileDescriptor;
}  // namespace google::protobuf

namespace portico::server {

class ReflectionAnswers {
 public:
  // `services`: full names, in the order in which they are listed. `pool` must
  // know all of them and outlive this.
  ReflectionAnswers(const google::protobuf::DescriptorPool& pool,
                    std::vector<std::string> services);

  // Every kind of request gets its answer or an ErrorResponse (NOT_FOUND for
  // unknown names, INVALID_ARGUMENT for a request without a question).
  grpc::reflection::v1::ServerReflectionResponse Answer(
      const grpc::reflection::v1::ServerReflectionRequest& request) const;

 private:
  const google::protobuf::DescriptorPool& pool_;
  const std::vector<std::string> services_;
};

// Whether `path` is ServerReflectionInfo of v1 or v1alpha: their messages are
// equal on the wire, so one answers both.
bool IsReflectionMethod(absl::string_view path);

}  // namespace portico::server

#endif  // PORTICO_SERVER_GRPC_REFLECTION_ANSWERS_H_
