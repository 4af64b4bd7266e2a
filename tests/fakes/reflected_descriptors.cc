#include "tests/fakes/reflected_descriptors.h"

#include <google/protobuf/descriptor.pb.h>
#include <grpcpp/create_channel.h>

#include <cstdio>
#include <cstdlib>

#include "grpc/reflection/v1/reflection.grpc.pb.h"

namespace portico::fakes {

ReflectedDescriptors::ReflectedDescriptors(const std::string& address, const std::string& symbol) {
  namespace v1 = grpc::reflection::v1;
  grpc::ClientContext context;
  const auto stub = v1::ServerReflection::NewStub(
      grpc::CreateChannel(address, grpc::InsecureChannelCredentials()));
  const auto stream = stub->ServerReflectionInfo(&context);
  v1::ServerReflectionRequest request;
  request.set_file_containing_symbol(symbol);
  v1::ServerReflectionResponse response;
  if (!stream->Write(request) || !stream->Read(&response) ||
      !response.has_file_descriptor_response()) {
    std::fprintf(stderr, "ReflectedDescriptors: no %s: %s\n", symbol.c_str(),
                 response.error_response().error_message().c_str());
    std::abort();
  }
  for (const std::string& bytes : response.file_descriptor_response().file_descriptor_proto()) {
    google::protobuf::FileDescriptorProto file;
    if (!file.ParseFromString(bytes) || !files_.Add(file)) std::abort();
  }
  pool_ = std::make_unique<google::protobuf::DescriptorPool>(&files_);
  stream->WritesDone();
  stream->Finish();
}

}  // namespace portico::fakes
