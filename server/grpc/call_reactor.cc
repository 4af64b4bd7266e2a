#include "server/grpc/call_reactor.h"

#include <google/protobuf/descriptor.h>

#include <chrono>
#include <utility>

#include "absl/time/clock.h"
#include "core/invoke/failure_table.h"
#include "server/grpc/byte_buffer.h"
#include "server/grpc/status_encoder.h"
#include "third_party/tsan_order.h"

namespace portico::server {
namespace {

// Without a deadline gRPC reports a time in the year 2262.
absl::Time DeadlineOf(const grpc::GenericCallbackServerContext& context) {
  const absl::Time deadline = absl::FromChrono(context.deadline());
  return deadline > absl::Now() + absl::Hours(24 * 365) ? absl::InfiniteFuture() : deadline;
}

std::vector<plan::Header> ForwardedHeaders(const grpc::GenericCallbackServerContext& context) {
  std::vector<plan::Header> headers;
  const auto& metadata = context.client_metadata();
  for (const char* name : invoke::kForwardedHeaders) {
    const auto it = metadata.find(name);
    if (it == metadata.end()) continue;
    headers.push_back({name, std::string(it->second.data(), it->second.size())});
  }
  return headers;
}

std::vector<invoke::FieldViolation> ToViolations(std::vector<codec::FieldViolation> violations) {
  std::vector<invoke::FieldViolation> result;
  for (codec::FieldViolation& violation : violations) {
    result.push_back({std::move(violation.field), std::move(violation.description)});
  }
  return result;
}

// What a procedure sends in every call.
void PlaceConstants(const plan::Method& method, invoke::Arguments* arguments) {
  const std::vector<plan::Parameter>& parameters = method.operation->parameters;
  for (const plan::Binding& constant : method.constants) {
    if (constant.parameter == "body") {
      arguments->body = constant.constant;
      arguments->send_body = true;
      continue;
    }
    for (std::size_t i = 0; i < parameters.size(); ++i) {
      if (parameters[i].name == constant.parameter) arguments->parameters[i] = {constant.constant};
    }
  }
}

// A refusal names parameters of the HTTP request; the caller knows fields.
invoke::CallError InCallersWords(const plan::Method& method, invoke::CallError refusal) {
  if (refusal.violations.empty()) return refusal;
  for (invoke::FieldViolation& violation : refusal.violations) {
    for (const plan::FieldBinding& binding : method.fields) {
      if (method.operation->parameters[binding.parameter].name == violation.field) {
        violation.field = binding.field->name();
        break;
      }
    }
  }
  return invoke::InvalidFields(*method.operation, std::move(refusal.violations));
}

}  // namespace

CallReactor::CallReactor(grpc::GenericCallbackServerContext* context, const ServedMethod& served,
                         std::shared_ptr<Lane> lane)
    : context_(context), lane_(std::move(lane)), served_(served) {}

void CallReactor::Begin() {
  self_ = shared_from_this();
  tsan::GiveTo(this);
  StartRead(&request_);
}

const plan::Upstream& CallReactor::upstream() const {
  return lane_->invoker->plan().UpstreamOf(operation());
}

std::string CallReactor::last_event_id() const {
  return invocation_ == nullptr ? "" : invocation_->last_event_id();
}

void CallReactor::OnReadDone(bool ok) {
  tsan::TakeFrom(this);
  invoke::Call call;
  invoke::CallError error;
  if (!ok) {
    error = invoke::InvalidFields(operation(), {{"", "the call carried no readable message"}});
    OnLoop([this, error] { FinishWith(abandoned_ ? Abandonment() : error); });
  } else if (Decode(&call, &error)) {
    OnLoop([this, call = std::move(call)]() mutable { Start(std::move(call)); });
  } else {
    OnLoop([this, error] { FinishWith(error); });
  }
}

bool CallReactor::Decode(invoke::Call* call, invoke::CallError* error) {
  const plan::Method& method = *served_.method;
  codec::RequestParts parts;
  std::vector<codec::FieldViolation> violations;
  const bool readable = WithBytes(request_, [&](absl::string_view bytes) {
    violations = served_.request.Split(bytes, &parts);
  });
  request_.Clear();
  if (!readable) violations.push_back({"", "the message cannot be decompressed"});
  if (!violations.empty()) {
    *error = invoke::InvalidFields(operation(), ToViolations(std::move(violations)));
    return false;
  }

  call->operation = &operation();
  call->arguments.parameters.resize(operation().parameters.size());
  for (std::size_t i = 0; i < method.fields.size(); ++i) {
    const plan::FieldBinding& binding = method.fields[i];
    const plan::Parameter& parameter = operation().parameters[binding.parameter];
    if (parameter.location == plan::ParameterLocation::kPath && !parts.parameters[i].empty()) {
      resource_ = parts.parameters[i].front();
    }
    call->arguments.parameters[binding.parameter] = std::move(parts.parameters[i]);
  }
  call->arguments.send_body = operation().body == plan::BodyUse::kRequired ||
                              (operation().body == plan::BodyUse::kOptional && !parts.body_empty);
  call->arguments.body = std::move(parts.body);
  PlaceConstants(method, &call->arguments);
  call->deadline = DeadlineOf(*context_);
  call->headers = ForwardedHeaders(*context_);
  return true;
}

void CallReactor::Start(invoke::Call call) {
  if (abandoned_) return FinishWith(Abandonment());
  invoke::CallError refusal;
  invocation_ = lane_->invoker->Start(std::move(call), this, &refusal);
  if (invocation_ == nullptr) {
    return FinishWith(InCallersWords(*served_.method, std::move(refusal)));
  }
  OnStarted();
}

void CallReactor::OnCancel() {
  tsan::TakeFrom(this);
  OnLoop([this] {
    if (abandoned_ || finished_) return;
    abandoned_ = true;
    const bool started = invocation_ != nullptr;
    invocation_.reset();
    // Before Start, the read or the posted Start ends the call.
    if (started) OnAbandoned();
  });
}

void CallReactor::OnDone() {
  tsan::TakeFrom(this);
  self_.reset();
}

void CallReactor::FinishWith(const invoke::CallError& error) {
  if (finished_) return;
  finished_ = true;
  invocation_.reset();
  EncodedStatus encoded = EncodeStatus(error, resource_);
  for (const auto& [name, value] : encoded.trailers) context_->AddTrailingMetadata(name, value);
  tsan::GiveTo(this);
  Finish(encoded.status);
}

invoke::CallError CallReactor::Abandonment() const {
  const bool late = DeadlineOf(*context_) <= absl::Now();
  invoke::CallError error;
  error.code = late ? absl::StatusCode::kDeadlineExceeded : absl::StatusCode::kCancelled;
  error.reason = late ? "DEADLINE" : "CANCELLED";
  error.message = late ? "the caller's deadline passed" : "the caller cancelled";
  error.metadata["operation"] = operation().id;
  return error;
}

}  // namespace portico::server
