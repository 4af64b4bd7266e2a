#include "server/grpc/generic_service.h"

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/invoke/failure_table.h"
#include "server/grpc/health_call.h"
#include "server/grpc/reflection_call.h"
#include "server/grpc/status_encoder.h"
#include "server/grpc/unary_call.h"
#include "third_party/tsan_order.h"

namespace portico::server {
namespace {

// Says no, and nothing else.
class RefusedCall final : public grpc::ServerGenericBidiReactor {
 public:
  RefusedCall(grpc::GenericCallbackServerContext* context, const invoke::CallError& error) {
    EncodedStatus encoded = EncodeStatus(error, "");
    for (const auto& [name, value] : encoded.trailers) context->AddTrailingMetadata(name, value);
    Finish(encoded.status);
    // gRPC starts nothing before CreateReactor has returned.
    tsan::GiveTo(this);
  }

 private:
  void OnDone() override {
    tsan::TakeFrom(this);
    delete this;
  }
};

invoke::CallError UnknownMethod(const std::string& path, const std::string& nearest) {
  invoke::CallError error;
  error.code = absl::StatusCode::kUnimplemented;
  error.reason = "UNKNOWN_METHOD";
  error.message = absl::StrCat("no RPC ", path, " is served here");
  if (!nearest.empty()) absl::StrAppend(&error.message, "; did you mean ", nearest, "?");
  return error;
}

}  // namespace

GenericService::GenericService(const MethodTable& methods, const ReflectionAnswers& reflection,
                               std::vector<Shard*> shards)
    : methods_(methods),
      reflection_(reflection),
      shards_(std::move(shards)),
      standing_calls_(std::make_shared<StandingCalls>(*shards_.front()->loop)),
      open_streams_(shards_.size()) {}

grpc::ServerGenericBidiReactor* GenericService::CreateReactor(
    grpc::GenericCallbackServerContext* context) {
  const std::string& path = context->method();
  const ServedMethod* served = methods_.Find(path);
  if (served == nullptr) {
    if (const auto standing = MakeStandingCall(path)) {
      standing->Begin();
      return standing.get();  // owns itself until OnDone
    }
    return new RefusedCall(context, UnknownMethod(path, methods_.Nearest(path)));
  }
  const plan::Operation& operation = *served->method->operation;
  if (operation.stream && draining_) {
    return new RefusedCall(context, invoke::ShuttingDown(operation));
  }

  const std::size_t index = next_.fetch_add(1, std::memory_order_relaxed) % shards_.size();
  Shard& shard = *shards_[index];
  std::shared_ptr<CallReactor> call;
  if (operation.stream) {
    call = std::make_shared<StreamCall>(context, *served, shard, open_streams_[index]);
  } else {
    call = std::make_shared<UnaryCall>(context, *served, shard);
  }
  call->Begin();
  return call.get();  // owns itself until OnDone
}

std::shared_ptr<StandingCall> GenericService::MakeStandingCall(const std::string& path) {
  if (path == "/grpc.health.v1.Health/Check") {
    return std::make_shared<HealthCheck>(standing_calls_, health_);
  }
  if (path == "/grpc.health.v1.Health/Watch") {
    return std::make_shared<HealthWatch>(standing_calls_, health_);
  }
  if (IsReflectionMethod(path)) {
    return std::make_shared<ReflectionCall>(standing_calls_, reflection_);
  }
  return nullptr;
}

void GenericService::EndStreams() {
  draining_ = true;
  EndStandingCalls(standing_calls_);
  for (std::size_t i = 0; i < shards_.size(); ++i) {
    shards_[i]->loop->Post([open = &open_streams_[i]] {
      const StreamCall::OpenStreams streams = *open;  // ending one takes it out
      for (StreamCall* stream : streams) stream->EndForShutdown();
    });
  }
}

}  // namespace portico::server
