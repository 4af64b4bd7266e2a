#include "server/grpc/unary_call.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "core/invoke/failure_table.h"
#include "server/grpc/byte_buffer.h"
#include "third_party/tsan_order.h"

namespace portico::server {

void UnaryCall::OnOutcome(invoke::Outcome outcome) {
  auto error = invoke::ErrorOf(outcome, operation(), upstream(), absl::Now());
  if (error.has_value()) return FinishWith(*error);

  std::string wire;
  // 204, and what other servers send instead of it: the empty message.
  if (!outcome.body.empty()) {
    const absl::Status status = Transcode(outcome, &wire);
    if (!status.ok()) {
      return FinishWith(
          invoke::MalformedResponse(outcome, operation(), upstream(), status.message()));
    }
  }
  Answer(std::move(wire), outcome.head.status);
}

absl::Status UnaryCall::Transcode(const invoke::Outcome& outcome, std::string* wire) const {
  if (served_.declared.has_value()) return served_.declared->JsonToWire(outcome.body, wire);
  if (!served_.answer.has_value()) return served_.response->JsonToWire(outcome.body, wire);
  const std::string* type = outcome.head.Find("content-type");
  return served_.answer->AnswerToWire(outcome.body, type == nullptr ? "" : *type, wire);
}

void UnaryCall::Answer(std::string wire, int upstream_status) {
  finished_ = true;
  invocation_.reset();
  context_->AddInitialMetadata("x-upstream-status", absl::StrCat(upstream_status));
  grpc::WriteOptions options;
  // Short messages grow under compression.
  if (wire.size() < 1024) options.set_no_compression();
  response_ = ToByteBuffer(std::move(wire));
  tsan::GiveTo(this);
  StartWriteAndFinish(&response_, options, grpc::Status::OK);
}

}  // namespace portico::server
