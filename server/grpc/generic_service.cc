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

}  // namespace

GenericService::GenericService(const MethodTable& methods, const access::AccessControl& access,
                               const ReflectionAnswers& reflection, std::vector<Shard*> shards)
    : methods_(methods),
      access_(access),
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
  if (served->method->access != nullptr) {
    if (const auto refusal = access_.Refusal(*served->method->access, MetadataCaller(*context))) {
      return new RefusedCall(context, *refusal);
    }
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
