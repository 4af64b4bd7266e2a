#include "gateway/mcp/tool_call.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gateway/mcp/resource_set.h"
#include "gateway/mcp/tool_arguments.h"
#include "gateway/mcp/tool_result.h"

namespace portico::mcp {
namespace {

// The first events are told one by one; then one a second.
constexpr std::size_t kToldAtOnce = 16;
constexpr absl::Duration kToldPause = absl::Seconds(1);

}  // namespace

ToolCall::ToolCall(loop::EventLoop& loop, invoke::Invoker& invoker, const ServedTool& tool,
                   bool progress, Owner* owner)
    : loop_(loop), invoker_(invoker), tool_(tool), progress_(progress), owner_(owner) {
  if (tool.stream()) events_ = std::make_unique<EventCollector>(tool);
}

const plan::Upstream& ToolCall::upstream() const {
  return invoker_.plan().UpstreamOf(tool_.operation());
}

std::optional<std::string> ToolCall::Start(absl::string_view arguments,
                                           std::vector<plan::Header> headers) {
  invoke::Call call;
  const std::vector<std::string> problems = PlaceArguments(tool_, arguments, &call);
  if (!problems.empty()) return ArgumentProblems(tool_, problems);
  call.headers = std::move(headers);
  call.takes_events = true;
  if (!tool_.stream()) call.deadline = absl::Now() + tool_.limits.deadline;
  invoke::CallError refusal;
  invocation_ = invoker_.Start(std::move(call), this, &refusal);
  if (invocation_ == nullptr) return ErrorResult(tool_, refusal);
  if (tool_.stream()) {
    until_ = loop_.After(tool_.limits.event_time, [this] { Stop(); });
  }
  if (progress_) {
    Tell(absl::StrCat("Calling ", tool_.operation().http_method, " ",
                      tool_.operation().path.text()));
    TellRegularly();
  }
  return std::nullopt;
}

void ToolCall::StopEarly() {
  if (events_ != nullptr) StopSoon();
}

// The upstream answers with a stream that no file promises.
void ToolCall::StartCollecting() {
  events_ = std::make_unique<EventCollector>(tool_);
  until_ = loop_.After(tool_.limits.event_time, [this] { Stop(); });
}

upstream::Flow ToolCall::OnEvent(const upstream::SseEvent& event) {
  if (stopping_) return upstream::Flow::kPause;
  if (events_ == nullptr) StartCollecting();
  const bool goes_on = events_->Take(event);
  const bool due = told_count_ < kToldAtOnce || absl::Now() - told_ >= kToldPause;
  if (progress_ && due) Tell(events_->Progress());
  if (goes_on) return upstream::Flow::kContinue;
  StopSoon();
  return upstream::Flow::kPause;
}

void ToolCall::OnOutcome(invoke::Outcome outcome) {
  regular_.reset();
  until_.reset();
  std::string result = events_ != nullptr ? events_->Ended(outcome, upstream(), absl::Now())
                       : tool_.resource != nullptr
                           ? ContentOf(tool_, outcome, upstream(), absl::Now())
                           : ResultOf(tool_, outcome, upstream(), absl::Now());
  owner_->OnResult(std::move(result));  // may destroy this
}

void ToolCall::Tell(const std::string& message) {
  told_ = absl::Now();
  owner_->OnProgress(++told_count_, message);
}

void ToolCall::TellRegularly() {
  regular_ = loop_.After(kProgressPause, [this] {
    if (absl::Now() - told_ >= kProgressPause / 2) Tell("Waiting for the API");
    TellRegularly();
  });
}

// An Invocation may not be destroyed from inside its own callback.
void ToolCall::StopSoon() {
  stopping_ = true;
  until_ = loop_.After(absl::ZeroDuration(), [this] { Stop(); });
}

void ToolCall::Stop() {
  invocation_.reset();
  regular_.reset();
  owner_->OnResult(events_->Stopped());  // may destroy this
}

}  // namespace portico::mcp
