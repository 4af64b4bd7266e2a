#include "core/invoke/upstream_invocation.h"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/time/time.h"
#include "core/codec/media_type.h"
#include "core/invoke/secret_echo.h"

namespace portico::invoke {
namespace {

// Error bodies only feed a message of 1 KB.
constexpr std::size_t kErrorBody = 64 * 1024;
constexpr std::size_t kMaxReserve = 1024 * 1024;

bool IsSuccess(int status) { return status >= 200 && status < 300; }

std::size_t ExpectedLength(const upstream::ResponseHead& head) {
  const std::string* length = head.Find("content-length");
  std::size_t bytes = 0;
  if (length == nullptr || !absl::SimpleAtoi(*length, &bytes)) return 0;
  return std::min(bytes, kMaxReserve);
}

// An open stream keeps only what its end may have to tell: a Backstage answer has
// 2 KB of headers, and a stream may be open for days.
void KeepLittle(upstream::ResponseHead* head) {
  std::vector<upstream::Header> kept;
  for (upstream::Header& header : head->headers) {
    if (absl::EqualsIgnoreCase(header.name, "x-request-id")) kept.push_back(std::move(header));
  }
  head->headers = std::move(kept);
}

}  // namespace

UpstreamInvocation::UpstreamInvocation(loop::EventLoop& loop, CalledUpstreams& upstreams,
                                       const plan::Operation& operation, bool takes_events,
                                       OutcomeReceiver* receiver)
    : loop_(loop),
      upstreams_(upstreams),
      under_way_(upstreams),
      operation_(operation),
      takes_events_(takes_events || operation.stream),
      receiver_(receiver) {}

void UpstreamInvocation::Start(upstream::UpstreamRequest request, bool own_deadline) {
  outcome_.own_deadline = own_deadline;
  exchange_ = upstreams_.ClientOf(operation_.upstream).Start(std::move(request), this);
}

void UpstreamInvocation::Resume() {
  if (exchange_ != nullptr) exchange_->Resume();
}

void UpstreamInvocation::OnHead(upstream::ResponseHead head) {
  outcome_.head = std::move(head);
  const std::string* const type = outcome_.head.Find("content-type");
  streaming_ = IsSuccess(outcome_.head.status) && type != nullptr && codec::IsEventStream(*type);
  if (streaming_ && !takes_events_) {
    // Its end may never come: stop reading now.
    return Abandon(
        "an event stream instead of one JSON answer; state the stream in an overlay, or call it "
        "by REST or MCP");
  }
  if (operation_.stream && IsSuccess(outcome_.head.status) && !streaming_) {
    return Abandon("not an event stream (text/event-stream)");
  }
  if (streaming_) return KeepLittle(&outcome_.head);
  const std::size_t expected = ExpectedLength(outcome_.head);
  if (expected > 0) outcome_.body.reserve(expected);
}

upstream::Flow UpstreamInvocation::OnBody(absl::string_view bytes) {
  if (abandon_ != nullptr) return upstream::Flow::kPause;
  if (streaming_) return FeedEvents(bytes);
  CollectBody(bytes);
  return upstream::Flow::kContinue;
}

upstream::Flow UpstreamInvocation::FeedEvents(absl::string_view bytes) {
  upstream::Flow flow = upstream::Flow::kContinue;
  const absl::Status fed = parser_.Feed(bytes, [this, &flow](const upstream::SseEvent& event) {
    if (receiver_->OnEvent(event) == upstream::Flow::kPause) flow = upstream::Flow::kPause;
  });
  if (fed.ok()) return flow;
  Abandon(fed.message());
  return upstream::Flow::kPause;
}

void UpstreamInvocation::CollectBody(absl::string_view bytes) {
  std::string& body = outcome_.body;
  if (!IsSuccess(outcome_.head.status)) {
    bytes = bytes.substr(0, kErrorBody - std::min(kErrorBody, body.size()));
  }
  body.append(bytes.data(), bytes.size());
}

void UpstreamInvocation::OnEnd(upstream::ExchangeEnd end) {
  abandon_.reset();
  exchange_.reset();
  outcome_.end = std::move(end);
  outcome_.last_event_id = parser_.last_event_id();
  const bool reached = outcome_.head.status != 0;
  upstreams_.Report(operation_.upstream, reached, outcome_.end.failure);
  if (reached && !IsSuccess(outcome_.head.status)) {
    HideSecrets(operation_, *upstreams_.CredentialOf(operation_.upstream),
                upstreams_.TokenOf(operation_.upstream), &outcome_);
  }
  receiver_->OnOutcome(std::move(outcome_));  // may destroy this
}

// Ends the exchange on the loop's next turn: an engine may not be torn down from inside its
// own callback.
void UpstreamInvocation::Abandon(absl::string_view why) {
  outcome_.malformed = std::string(why);
  abandon_ = loop_.After(absl::ZeroDuration(), [this] { OnEnd({}); });
}

}  // namespace portico::invoke
