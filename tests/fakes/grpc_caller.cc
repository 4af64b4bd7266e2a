#include "tests/fakes/grpc_caller.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/dynamic_message.h>
#include <google/protobuf/util/json_util.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/support/client_callback.h>

#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <mutex>

#include "core/codec/message_codec.h"
#include "google/api/annotations.pb.h"
#include "third_party/tsan_order.h"

namespace portico::fakes {
namespace {

using google::protobuf::DescriptorPool;
using google::protobuf::MethodDescriptor;

[[noreturn]] void Abort(const std::string& why) {
  std::fprintf(stderr, "GrpcCaller: %s\n", why.c_str());
  std::abort();
}

const MethodDescriptor* Descriptor(const DescriptorPool& pool, const std::string& method) {
  std::string name = method;
  name[name.find('/')] = '.';
  return pool.FindMethodByName(name);
}

grpc::ByteBuffer ToBuffer(const std::string& bytes) {
  const grpc::Slice slice(bytes);
  return grpc::ByteBuffer(&slice, 1);
}

std::string ToString(const grpc::ByteBuffer& buffer) {
  grpc::Slice slice;
  if (!buffer.Valid() || !buffer.DumpToSingleSlice(&slice).ok()) return "";
  return std::string(reinterpret_cast<const char*>(slice.begin()), slice.size());
}

// As only Protobuf's own printer shows it: a string that holds JSON stays one.
std::string ToPlainJson(const MethodDescriptor& method, const std::string& wire) {
  google::protobuf::DynamicMessageFactory factory;
  const std::unique_ptr<google::protobuf::Message> message(
      factory.GetPrototype(method.output_type())->New());
  std::string json;
  if (!message->ParseFromString(wire) ||
      !google::protobuf::util::MessageToJsonString(*message, &json).ok()) {
    Abort("unreadable answer of " + method.full_name());
  }
  return json;
}

// A response message's JSON, as the REST side would have it.
std::string ToJson(const MethodDescriptor* method, const std::string& wire) {
  if (method == nullptr) return "";
  if (method->file()->pool() != DescriptorPool::generated_pool()) return ToPlainJson(*method, wire);
  const std::string& array = method->options().GetExtension(google::api::http).response_body();
  const auto codec = codec::MessageCodec::Compile(
      method->output_type(),
      array.empty() ? nullptr : method->output_type()->FindFieldByName(array));
  std::string json;
  if (!codec.ok() || !codec->WireToJson(wire, &json).ok()) {
    Abort("unreadable answer of " + method->full_name());
  }
  return json;
}

template <typename Map>
std::multimap<std::string, std::string> Copy(const Map& metadata) {
  std::multimap<std::string, std::string> copy;
  for (const auto& [name, value] : metadata) {
    copy.emplace(std::string(name.data(), name.size()), std::string(value.data(), value.size()));
  }
  return copy;
}

// One unary call.
class BlockingCall final : private grpc::ClientUnaryReactor {
 public:
  BlockingCall(std::shared_ptr<grpc::Channel> channel, const std::string& path,
               grpc::ClientContext& context, const grpc::ByteBuffer& request,
               grpc::ByteBuffer& response)
      : stub_(std::move(channel)) {
    stub_.PrepareUnaryCall(&context, path, {}, &request, &response, this);
    tsan::GiveTo(this);
    StartCall();
  }

  grpc::Status Wait() {
    std::unique_lock<std::mutex> lock(mutex_);
    changed_.wait(lock, [this] { return done_; });
    return status_;
  }

 private:
  void OnDone(const grpc::Status& status) override {
    tsan::TakeFrom(this);
    const std::lock_guard<std::mutex> lock(mutex_);
    status_ = status;
    done_ = true;
    changed_.notify_one();
  }

  grpc::GenericStub stub_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool done_ = false;
  grpc::Status status_;
};

// Reads one message at a time into a box that a blocking caller empties.
class BlockingStream final : public GrpcStream,
                             private grpc::ClientBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
 public:
  BlockingStream(std::shared_ptr<grpc::Channel> channel, const MethodDescriptor* descriptor,
                 const std::string& method, const std::string& wire,
                 const ConfigureContext& configure)
      : descriptor_(descriptor), stub_(std::move(channel)), request_(ToBuffer(wire)) {
    if (configure) configure(context_);
    stub_.PrepareBidiStreamingCall(&context_, "/" + method, {}, this);
    StartWriteLast(&request_, {});
    StartRead(&read_);
    // Keeps OnDone away while no read is under way.
    AddHold();
    StartCall();
  }

  ~BlockingStream() override {
    Cancel();
    ReleaseHold();
    std::unique_lock<std::mutex> lock(mutex_);
    changed_.wait(lock, [this] { return done_; });
  }

  void WaitForHead() override {
    std::unique_lock<std::mutex> lock(mutex_);
    changed_.wait(lock, [this] { return head_; });
  }

  std::optional<std::string> Next() override {
    std::unique_lock<std::mutex> lock(mutex_);
    changed_.wait(lock, [this] { return filled_ || no_more_; });
    if (!filled_) return std::nullopt;
    const std::string wire = ToString(read_);
    filled_ = false;
    StartRead(&read_);
    return ToPlainJson(*descriptor_, wire);
  }

  GrpcAnswer Finish() override {
    ReleaseHold();
    std::unique_lock<std::mutex> lock(mutex_);
    changed_.wait(lock, [this] { return done_; });
    GrpcAnswer answer;
    answer.status = status_;
    answer.initial_metadata = Copy(context_.GetServerInitialMetadata());
    answer.trailing_metadata = Copy(context_.GetServerTrailingMetadata());
    return answer;
  }

  void Cancel() override { context_.TryCancel(); }

 private:
  void ReleaseHold() {
    if (!std::exchange(held_, false)) return;
    RemoveHold();
  }

  template <typename Change>
  void Note(Change change) {
    const std::lock_guard<std::mutex> lock(mutex_);
    change();
    changed_.notify_all();
  }

  void OnReadInitialMetadataDone(bool) override {
    Note([this] { head_ = true; });
  }
  void OnReadDone(bool ok) override {
    Note([this, ok] { (ok ? filled_ : no_more_) = true; });
  }
  void OnDone(const grpc::Status& status) override {
    Note([this, &status] {
      status_ = status;
      done_ = no_more_ = head_ = true;
    });
  }

  const MethodDescriptor* const descriptor_;
  grpc::GenericStub stub_;
  grpc::ClientContext context_;
  grpc::ByteBuffer request_;
  grpc::ByteBuffer read_;
  bool held_ = true;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool head_ = false, filled_ = false, no_more_ = false, done_ = false;
  grpc::Status status_;
};

}  // namespace

std::string GrpcAnswer::trailer(const std::string& name) const {
  const auto it = trailing_metadata.find(name);
  return it == trailing_metadata.end() ? "" : it->second;
}

google::rpc::Status GrpcAnswer::details() const {
  google::rpc::Status details;
  if (!details.ParseFromString(status.error_details())) Abort("details are no google.rpc.Status");
  return details;
}

google::rpc::ErrorInfo GrpcAnswer::error_info() const {
  google::rpc::ErrorInfo info;
  const google::rpc::Status all = details();
  for (const auto& detail : all.details()) {
    if (detail.UnpackTo(&info)) break;
  }
  return info;
}

GrpcCaller::GrpcCaller(const std::string& address, const DescriptorPool* pool)
    : pool_(pool == nullptr ? DescriptorPool::generated_pool() : pool) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  arguments.SetMaxReceiveMessageSize(-1);
  channel_ = grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments);
}

std::string RequestWire(const std::string& method, const std::string& json,
                        const DescriptorPool* pool) {
  const MethodDescriptor* descriptor =
      Descriptor(pool == nullptr ? *DescriptorPool::generated_pool() : *pool, method);
  if (descriptor == nullptr) Abort("unknown method " + method);
  google::protobuf::DynamicMessageFactory factory;
  const std::unique_ptr<google::protobuf::Message> message(
      factory.GetPrototype(descriptor->input_type())->New());
  const auto status = google::protobuf::util::JsonStringToMessage(json, message.get());
  if (!status.ok()) Abort("request of " + method + ": " + status.ToString());
  return message->SerializeAsString();
}

GrpcAnswer GrpcCaller::Call(const std::string& method, const std::string& json,
                            const ConfigureContext& configure) {
  return CallWithBytes(method, RequestWire(method, json, pool_), configure);
}

GrpcAnswer GrpcCaller::CallWithBytes(const std::string& method, const std::string& wire,
                                     const ConfigureContext& configure) {
  grpc::ClientContext context;
  if (configure) configure(context);
  const grpc::ByteBuffer request = ToBuffer(wire);
  grpc::ByteBuffer response;
  GrpcAnswer answer;
  answer.status = BlockingCall(channel_, "/" + method, context, request, response).Wait();
  answer.wire = ToString(response);
  if (answer.status.ok()) answer.json = ToJson(Descriptor(*pool_, method), answer.wire);
  answer.initial_metadata = Copy(context.GetServerInitialMetadata());
  answer.trailing_metadata = Copy(context.GetServerTrailingMetadata());
  return answer;
}

std::unique_ptr<GrpcStream> GrpcCaller::Open(const std::string& method, const std::string& json,
                                             const ConfigureContext& configure) {
  return OpenWithBytes(method, RequestWire(method, json, pool_), configure);
}

std::unique_ptr<GrpcStream> GrpcCaller::OpenWithBytes(const std::string& method,
                                                      const std::string& wire,
                                                      const ConfigureContext& configure) {
  return std::make_unique<BlockingStream>(channel_, Descriptor(*pool_, method), method, wire,
                                          configure);
}

}  // namespace portico::fakes
