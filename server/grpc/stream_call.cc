#include "server/grpc/stream_call.h"

#include <utility>

#include "absl/time/clock.h"
#include "core/invoke/failure_table.h"
#include "server/grpc/byte_buffer.h"
#include "third_party/tsan_order.h"

namespace portico::server {
namespace {

codec::Event ToCodecEvent(const upstream::SseEvent& event) {
  codec::Event result;
  if (event.has_id) result.id = event.id;
  if (!event.event.empty()) result.event = event.event;
  result.data = event.data;
  result.retry_ms = event.retry_ms;
  return result;
}

}  // namespace

StreamCall::StreamCall(grpc::GenericCallbackServerContext* context, const ServedMethod& served,
                       std::shared_ptr<Lane> lane, OpenStreams& open)
    : CallReactor(context, served, std::move(lane)), open_(open) {}

void StreamCall::OnStarted() {
  open_.insert(this);
  // At once: an upstream may withhold its own head until the first event, and
  // the caller should know that the stream is open.
  tsan::GiveTo(this);
  StartSendInitialMetadata();
}

upstream::Flow StreamCall::OnEvent(const upstream::SseEvent& event) {
  if (error_ != nullptr) return upstream::Flow::kPause;
  std::string wire;
  const absl::Status status = served_.event->EventToWire(ToCodecEvent(event), &wire);
  if (!status.ok()) {
    RejectEvent(status.message());
    return upstream::Flow::kPause;
  }
  waiting_bytes_ += wire.size();
  waiting_.push_back(std::move(wire));
  Continue();
  paused_ = waiting_bytes_ > kQueueLimit;
  return paused_ ? upstream::Flow::kPause : upstream::Flow::kContinue;
}

// The stream ends at the event that cannot be passed on: none is left out.
void StreamCall::RejectEvent(absl::string_view why) {
  invoke::Outcome outcome;
  outcome.head.status = 200;
  outcome.last_event_id = last_event_id();
  error_ = std::make_unique<const invoke::CallError>(
      invoke::MalformedResponse(outcome, operation(), upstream(), why));
  // An invocation may not be destroyed from inside its own callback.
  OnLoop([this] { End(std::nullopt); });
}

void StreamCall::OnOutcome(invoke::Outcome outcome) {
  End(invoke::ErrorOf(outcome, operation(), upstream(), absl::Now()));
}

void StreamCall::OnAbandoned() {
  waiting_.clear();
  next_ = 0;
  End(Abandonment());
}

void StreamCall::EndForShutdown() {
  invoke::CallError error = invoke::ShuttingDown(operation());
  error.metadata["last_event_id"] = last_event_id();
  invocation_.reset();
  waiting_.resize(next_);
  End(std::move(error));
}

void StreamCall::End(std::optional<invoke::CallError> error) {
  if (ended_) return;
  ended_ = true;
  open_.erase(this);
  invocation_.reset();
  if (error_ == nullptr && error.has_value()) {
    error_ = std::make_unique<const invoke::CallError>(*std::move(error));
  }
  Continue();
}

// Writes the next event, or the status when no event is left.
void StreamCall::Continue() {
  if (write_pending_ || finished_) return;
  if (next_ < waiting_.size()) {
    std::string wire = std::move(waiting_[next_++]);
    waiting_bytes_ -= wire.size();
    grpc::WriteOptions options;
    if (wire.size() < 1024) options.set_no_compression();
    // More to come at once: let gRPC put them into one packet.
    if (next_ < waiting_.size()) options.set_buffer_hint();
    writing_ = ToByteBuffer(std::move(wire));
    DropWritten();
    write_pending_ = true;
    tsan::GiveTo(this);
    return StartWrite(&writing_, options);
  }
  if (!ended_) return;
  if (error_ != nullptr) return FinishWith(*error_);
  finished_ = true;
  tsan::GiveTo(this);
  Finish(grpc::Status::OK);
}

void StreamCall::DropWritten() {
  if (next_ == waiting_.size()) {
    std::vector<std::string>().swap(waiting_);  // an idle stream keeps nothing
    next_ = 0;
  } else if (next_ >= 256) {  // a reader that is always a little behind
    waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(next_));
    next_ = 0;
  }
}

void StreamCall::OnWriteDone(bool ok) {
  tsan::TakeFrom(this);
  OnLoop([this] {
    write_pending_ = false;
    writing_.Clear();
    if (paused_ && waiting_bytes_ <= kQueueLimit / 2 && invocation_ != nullptr) {
      paused_ = false;
      invocation_->Resume();
    }
    Continue();
  });
}

}  // namespace portico::server
