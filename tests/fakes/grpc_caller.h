// Calls any RPC of a running Portico by its name, with JSON in and out: the
// gRPC client of the tests. Real gRPC over a real socket.
//
// Threads: one caller per thread. Blocking.
#ifndef PORTICO_TESTS_FAKES_GRPC_CALLER_H_
#define PORTICO_TESTS_FAKES_GRPC_CALLER_H_

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <grpcpp/generic/generic_stub.h>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace google::protobuf {
class DescriptorPool;
}  // namespace google::protobuf

namespace portico::fakes {

struct GrpcAnswer {
  grpc::Status status;
  // As the answer's message prints it, remainders merged; of a synthesised service
  // Protobuf's own JSON. "" when there is none.
  std::string json;
  std::string wire;
  std::multimap<std::string, std::string> initial_metadata;
  std::multimap<std::string, std::string> trailing_metadata;

  std::string trailer(const std::string& name) const;
  // From google.rpc.Status in the details; empty reason when there are none.
  google::rpc::Status details() const;
  google::rpc::ErrorInfo error_info() const;
};

using ConfigureContext = std::function<void(grpc::ClientContext&)>;

// A server-streaming call, read one event at a time.
class GrpcStream {
 public:
  virtual ~GrpcStream() = default;  // cancels
  // Blocks until the server sent its initial metadata.
  virtual void WaitForHead() = 0;
  // The next message as JSON; nullopt when the stream has ended.
  virtual std::optional<std::string> Next() = 0;
  // The call's end; after Next gave nullopt.
  virtual GrpcAnswer Finish() = 0;
  virtual void Cancel() = 0;
};

class GrpcCaller {
 public:
  // A connection of its own to `address`. `pool` must know what is called, and outlive
  // this; without it: the descriptors that are linked in.
  explicit GrpcCaller(const std::string& address,
                      const google::protobuf::DescriptorPool* pool = nullptr);

  // `method` is "package.Service/Method"; `json` is its request message.
  GrpcAnswer Call(const std::string& method, const std::string& json,
                  const ConfigureContext& configure = {});
  std::unique_ptr<GrpcStream> Open(const std::string& method, const std::string& json,
                                   const ConfigureContext& configure = {});
  // The same with a request of any bytes, also such that are no message.
  std::unique_ptr<GrpcStream> OpenWithBytes(const std::string& method, const std::string& wire,
                                            const ConfigureContext& configure = {});
  GrpcAnswer CallWithBytes(const std::string& method, const std::string& wire,
                           const ConfigureContext& configure = {});

  const std::shared_ptr<grpc::Channel>& channel() const { return channel_; }

 private:
  std::shared_ptr<grpc::Channel> channel_;
  const google::protobuf::DescriptorPool* pool_;
};

// Request JSON of `method` as wire bytes. Aborts the test when it does not fit.
std::string RequestWire(const std::string& method, const std::string& json,
                        const google::protobuf::DescriptorPool* pool = nullptr);

}  // namespace portico::fakes

#endif  // PORTICO_TESTS_FAKES_GRPC_CALLER_H_
