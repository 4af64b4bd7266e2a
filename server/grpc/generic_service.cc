#include "server/grpc/generic_service.h"

#include <optional>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
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

// A key that HTTP callers put into the query stands in the metadata, which is all that a
// gRPC caller can show; under its own name, or as `x-api-key`.
class MetadataCaller final : public access::Caller {
 public:
  explicit MetadataCaller(const grpc::GenericCallbackServerContext& context) : context_(context) {}

  std::optional<std::string> Field(absl::string_view name) const override {
    const auto& metadata = context_.client_metadata();
    const auto found = metadata.find(absl::AsciiStrToLower(name));
    if (found == metadata.end()) return std::nullopt;
    return std::string(found->second.data(), found->second.size());
  }
  std::optional<std::string> Query(absl::string_view name) const override {
    auto value = Field(name);
    return value.has_value() ? value : Field("x-api-key");
  }

 private:
  const grpc::GenericCallbackServerContext& context_;
};

std::vector<loop::EventLoop*> LoopsOf(const GrpcGeneration& generation) {
  std::vector<loop::EventLoop*> loops;
  for (const auto& lane : generation.lanes) loops.push_back(&lane->loop);
  return loops;
}

}  // namespace

GenericService::GenericService(GrpcGeneration first)
    : current_(std::make_shared<const GrpcGeneration>(std::move(first))),
      loops_(LoopsOf(*current_)),
      standing_calls_(std::make_shared<StandingCalls>(*loops_.front())),
      open_streams_(loops_.size()) {}

void GenericService::Serve(GrpcGeneration next) {
  auto served = std::make_shared<const GrpcGeneration>(std::move(next));
  const std::lock_guard lock(mutex_);
  current_.swap(served);  // the one before is let go without the lock
}

std::shared_ptr<const GrpcGeneration> GenericService::current() const {
  const std::lock_guard lock(mutex_);
  return current_;
}

grpc::ServerGenericBidiReactor* GenericService::CreateReactor(
    grpc::GenericCallbackServerContext* context) {
  const std::string& path = context->method();
  const std::shared_ptr<const GrpcGeneration> generation = current();
  const MethodTable& methods = generation->services->methods();
  const ServedMethod* served = methods.Find(path);
  if (served == nullptr) {
    if (const auto standing = MakeStandingCall(path, *generation)) {
      standing->Begin();
      return standing.get();  // owns itself until OnDone
    }
    return new RefusedCall(context, UnknownMethod(path, methods.Nearest(path)));
  }
  if (served->method->access != nullptr) {
    const access::AccessControl& control = generation->services->access();
    if (const auto refusal = control.Refusal(*served->method->access, MetadataCaller(*context))) {
      return new RefusedCall(context, *refusal);
    }
  }
  const plan::Operation& operation = *served->method->operation;
  if (operation.stream && draining_) {
    return new RefusedCall(context, invoke::ShuttingDown(operation));
  }

  const std::size_t index = next_.fetch_add(1, std::memory_order_relaxed) % loops_.size();
  std::shared_ptr<Lane> lane = generation->lanes[index];
  std::shared_ptr<CallReactor> call;
  if (operation.stream) {
    call = std::make_shared<StreamCall>(context, *served, std::move(lane), open_streams_[index]);
  } else {
    call = std::make_shared<UnaryCall>(context, *served, std::move(lane));
  }
  call->Begin();
  return call.get();  // owns itself until OnDone
}

std::shared_ptr<StandingCall> GenericService::MakeStandingCall(const std::string& path,
                                                               const GrpcGeneration& generation) {
  if (path == "/grpc.health.v1.Health/Check") {
    return std::make_shared<HealthCheck>(standing_calls_, health_);
  }
  if (path == "/grpc.health.v1.Health/Watch") {
    return std::make_shared<HealthWatch>(standing_calls_, health_);
  }
  if (IsReflectionMethod(path)) {
    return std::make_shared<ReflectionCall>(
        standing_calls_, std::shared_ptr<const ReflectionAnswers>(
                             generation.services, &generation.services->reflection()));
  }
  return nullptr;
}

void GenericService::EndStreams() {
  draining_ = true;
  EndStandingCalls(standing_calls_);
  for (std::size_t i = 0; i < loops_.size(); ++i) {
    loops_[i]->Post([open = &open_streams_[i]] {
      const StreamCall::OpenStreams streams = *open;  // ending one takes it out
      for (StreamCall* stream : streams) stream->EndForShutdown();
    });
  }
}

}  // namespace portico::server
