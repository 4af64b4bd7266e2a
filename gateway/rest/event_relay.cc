#include "gateway/rest/event_relay.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "core/codec/media_type.h"
#include "core/invoke/failure_table.h"
#include "gateway/rest/error_problem.h"
#include "gateway/rest/event_line.h"

namespace portico::rest {
namespace {

constexpr char kLinesType[] = "application/x-ndjson";
constexpr char kStreamType[] = "text/event-stream";
// Of an error answer that came too late to be passed on: it feeds one message.
constexpr std::size_t kCollectedBytes = 64 * 1024;

// A stream has no length or encoding, and in the form of lines another type.
upstream::ResponseHead WithoutFraming(upstream::ResponseHead head, EventForm form) {
  const auto dropped = [form](const upstream::Header& header) {
    return absl::EqualsIgnoreCase(header.name, "content-length") ||
           absl::EqualsIgnoreCase(header.name, "content-encoding") ||  // undone
           (form == EventForm::kLines && absl::EqualsIgnoreCase(header.name, "content-type"));
  };
  head.headers.erase(std::remove_if(head.headers.begin(), head.headers.end(), dropped),
                     head.headers.end());
  return head;
}

}  // namespace

EventRelay::EventRelay(RestRequest request, EventForm form, loop::EventLoop& loop,
                       OpenStreams& open)
    : request_(std::move(request)), form_(form), loop_(loop), open_(open) {
  if (form == EventForm::kLines) parser_ = std::make_unique<upstream::SseParser>();
}

EventRelay::~EventRelay() { open_.erase(this); }

loop::Flow EventRelay::OnBody(absl::string_view bytes) {
  if (ended_) return loop::Flow::kContinue;
  body_.append(bytes.data(), bytes.size());
  if (body_.size() > request_.max_body_bytes) {
    ended_ = true;
    Refuse(request_, BodyTooLarge(request_));
  }
  return loop::Flow::kContinue;
}

void EventRelay::OnBodyEnd() {
  if (ended_) return;
  PlaceBody(std::exchange(body_, {}), &request_);
  invoke::CallError refusal;
  exchange_ = request_.invoker->Relay(std::move(request_.call), &response_, &refusal);
  if (exchange_ == nullptr) {
    ended_ = true;
    return Refuse(request_, refusal);
  }
  open_.insert(this);
  grace_ = loop_.After(kHeadGrace, [this] {
    http::ResponseHead head(200);
    head.Add("Content-Type", form_ == EventForm::kLines ? kLinesType : kStreamType);
    head.Add(http::kSourceField, "upstream");
    AddAnswered(request_, &head);
    Begin(std::move(head));
  });
}

void EventRelay::OnWritable() {
  if (exchange_ != nullptr) exchange_->Resume();
}

void EventRelay::OnDrain() {
  // An answer that is passed on as it is has its end in sight.
  if (ended_ || answer_ == Answer::kPassed) return;
  Break(invoke::ShuttingDown(*request_.inputs->route().operation));
}

void EventRelay::KeepAlive() {
  if (std::exchange(sent_, false) || !begun_ || ended_ || frames_.within_frame()) return;
  if (answer_ == Answer::kPassed) return;
  request_.writer->Write(form_ == EventForm::kLines ? "\n" : ": keep-alive\n\n");
}

// The stream is open, and its reader should know at once.
void EventRelay::Begin(http::ResponseHead head) {
  begun_ = true;
  head.Add("Cache-Control", "no-store");
  head.Add("X-Accel-Buffering", "no");  // or nginx in front would hold events back
  request_.writer->Start(head);
  request_.writer->Flush();
  if (!request_.head_only) return;
  ended_ = true;
  request_.writer->End();
  exchange_.reset();
}

void EventRelay::TakeHead(upstream::ResponseHead head) {
  grace_.reset();
  const std::string* const type = head.Find("content-type");
  const bool success = head.status >= 200 && head.status < 300;
  if (success && type != nullptr && codec::IsEventStream(*type)) {
    answer_ = Answer::kEvents;
    if (begun_) return;
    http::ResponseHead passed = Passed(request_, WithoutFraming(std::move(head), form_));
    if (form_ == EventForm::kLines) passed.Add("Content-Type", kLinesType);
    Begin(std::move(passed));
  } else if (!begun_) {
    answer_ = Answer::kPassed;
    begun_ = true;
    request_.writer->Start(Passed(request_, head));
  } else {
    answer_ = Answer::kCollected;
    head_ = std::move(head);
  }
}

upstream::Flow EventRelay::TakeEvents(absl::string_view bytes) {
  upstream::Flow flow = upstream::Flow::kContinue;
  if (parser_ == nullptr) {
    frames_.Add(bytes, [&](absl::string_view piece) { flow = Write(piece); });
    return flow;
  }
  std::string lines;
  const absl::Status fed = parser_->Feed(
      bytes, [&lines](const upstream::SseEvent& event) { lines += EventLine(event); });
  if (!lines.empty()) flow = Write(lines);
  if (!fed.ok()) {
    const plan::Operation& operation = *request_.inputs->route().operation;
    invoke::Outcome outcome;
    outcome.head = {200, {{"content-type", kStreamType}}};
    Break(invoke::MalformedResponse(outcome, operation,
                                    request_.invoker->plan().UpstreamOf(operation), fed.message()));
  }
  return flow;
}

upstream::Flow EventRelay::Write(absl::string_view bytes) {
  sent_ = true;
  return request_.writer->Write(bytes);
}

void EventRelay::TakeEnd(upstream::ExchangeEnd end) {
  grace_.reset();
  const bool failed = end.failure != upstream::Failure::kNone;
  if (answer_ == Answer::kCollected || (failed && answer_ != Answer::kPassed)) {
    return Break(ErrorOf(request_, std::move(head_), std::move(end), std::move(body_)));
  }
  ended_ = true;
  if (failed) return request_.writer->Abort();
  // Bytes after the last frame are no event, and still the upstream's.
  if (!frames_.held().empty()) Write(frames_.held());
  request_.writer->End();
}

// Says why the stream ends, where its reader can still be told.
void EventRelay::Break(const invoke::CallError& error) {
  ended_ = true;
  grace_.reset();
  exchange_.reset();
  if (!begun_) return Refuse(request_, error);
  if (frames_.within_frame()) return request_.writer->Abort();
  const http::Problem problem = ProblemOf(error);
  request_.writer->Write(form_ == EventForm::kLines ? ErrorLine(problem) : ErrorEvent(problem));
  request_.writer->End();
}

void EventRelay::Response::OnHead(upstream::ResponseHead head) { call_.TakeHead(std::move(head)); }

upstream::Flow EventRelay::Response::OnBody(absl::string_view bytes) {
  switch (call_.answer_) {
    case Answer::kEvents:
      return call_.TakeEvents(bytes);
    case Answer::kPassed:
      return call_.Write(bytes);
    default:
      call_.body_.append(
          bytes.data(),
          std::min(bytes.size(), kCollectedBytes - std::min(kCollectedBytes, call_.body_.size())));
      return upstream::Flow::kContinue;
  }
}

void EventRelay::Response::OnEnd(upstream::ExchangeEnd end) { call_.TakeEnd(std::move(end)); }

}  // namespace portico::rest
