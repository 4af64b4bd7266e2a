#include "gateway/http/conversation.h"

#include <algorithm>

#include "gateway/http/refusals.h"

namespace portico::http {
namespace {

// Of a body that no receiver wants: more, and the connection ends.
constexpr std::size_t kMaxUnwantedBody = 64 * 1024;
// A caller that is still sending would lose our last words to a reset.
constexpr absl::Duration kLinger = absl::Seconds(2);
constexpr std::size_t kMaxLingering = 1024 * 1024;

constexpr auto kNever = Conversation::Time::max();

}  // namespace

Conversation::Conversation(Owner* owner, ListenerContext* context, Transport* transport)
    : owner_(owner),
      context_(context),
      transport_(transport),
      sender_(this, context, transport),
      shaking_hands_(!transport->ready()) {
  SetDeadline(shaking_hands_ ? context_->limits.head : context_->limits.idle);
}

Conversation::Appetite Conversation::appetite() const {
  if (caller_ended_ || paused_) return Appetite::kNothing;
  return phase_ == Phase::kResponse ? Appetite::kLittle : Appetite::kAll;
}

void Conversation::Process(absl::string_view* bytes) {
  if (shaking_hands_ && transport_->ready()) {
    shaking_hands_ = false;
    SetDeadline(context_->limits.idle);
  }
  const std::size_t came = bytes->size();
  while (!finished_ && Step(bytes)) {
  }
  if (phase_ == Phase::kBetween && (context_->draining || caller_ended_)) finished_ = true;
  if (came > 0 && phase_ == Phase::kBody && !paused_) ExtendDeadline(came);
}

bool Conversation::Step(absl::string_view* bytes) {
  if (sender_.failed()) {
    finished_ = true;
    return false;
  }
  switch (phase_) {
    case Phase::kBetween:
    case Phase::kHead:
      return StepHead(bytes);
    case Phase::kBody:
      return sender_.over() ? StepOver(bytes) : StepBody(bytes);
    case Phase::kResponse:
      return sender_.over() && StepOver(bytes);
    case Phase::kLinger:
      break;
  }
  thrown_away_ += bytes->size();
  *bytes = {};
  finished_ = thrown_away_ > kMaxLingering;
  return false;
}

bool Conversation::StepHead(absl::string_view* bytes) {
  if (bytes->empty()) return false;
  switch (context_->parser.Parse(*bytes, &scanned_)) {
    case RequestParser::Result::kNeedMore:
      if (phase_ == Phase::kBetween) SetDeadline(context_->limits.head);
      phase_ = Phase::kHead;
      return false;
    case RequestParser::Result::kRefused:
      *bytes = {};
      Refuse(context_->parser.refusal());
      break;
    case RequestParser::Result::kRequest:
      BeginExchange(bytes);
      break;
  }
  return true;
}

void Conversation::BeginExchange(absl::string_view* bytes) {
  ParsedRequest& request = context_->parser.request();
  RequestHead& head = request.head;
  head.tls = context_->tls;
  head.peer = transport_->peer();
  bytes->remove_prefix(request.size);
  body_ = request.chunked ? RequestBody::Chunked()
                          : RequestBody::OfLength(head.content_length.value_or(0));
  phase_ = Phase::kBody;
  if (head.has_body) SetDeadline(context_->limits.body_pause);
  caller_closes_ = !request.keep_alive;
  // A caller that has sent some of its body does not wait.
  awaits_continue_ = request.expects_continue && head.has_body && bytes->empty();
  sender_.Expect({.head_only = head.method == "HEAD",
                  .http_1_0 = head.http_1_0,
                  .keep_alive = request.keep_alive});
  receiver_ = context_->handler->Begin(head, &sender_);
  if (!receiver_ && !sender_.over()) {
    sender_.begun() ? sender_.Abort() : sender_.Refuse(NoResponse());
  }
  if (awaits_continue_ && !sender_.begun()) {
    awaits_continue_ = false;
    sender_.Continue();
  }
}

bool Conversation::StepBody(absl::string_view* bytes) {
  if (body_.done()) {
    EnterResponse();
    receiver_->OnBodyEnd();
    return true;
  }
  if (paused_ || bytes->empty()) return false;
  const absl::string_view piece = body_.Next(bytes);
  if (body_.malformed()) {
    *bytes = {};
    RefuseBody(MalformedRequest("The chunks of the body are not as RFC 9112 has them."));
  } else if (!piece.empty()) {
    GiveBody(piece);
  }
  return true;
}

void Conversation::GiveBody(absl::string_view piece) {
  paused_ = true;  // so that ResumeBody counts even from inside OnBody
  const loop::Flow flow = receiver_->OnBody(piece);
  if (flow == loop::Flow::kContinue) paused_ = false;
  if (paused_) deadline_ = kNever;
}

// The response has been handed over.
bool Conversation::StepOver(absl::string_view* bytes) {
  receiver_.reset();
  paused_ = false;
  if (!sender_.keep_alive() || caller_ended_) return StepClose(!bytes->empty());
  if (!body_.done()) {  // KeepsAlive saw that little of it is left
    if (deadline_ == kNever) SetDeadline(context_->limits.body_pause);
    if (bytes->empty()) return false;
    body_.Next(bytes);
    return true;
  }
  EnterResponse();
  if (sender_.unsent() > 0) return false;
  EnterBetween();
  return true;
}

bool Conversation::StepClose(bool more_came) {
  EnterResponse();  // what may come of the body is nobody's
  if (sender_.needs_reset()) transport_->Reset();
  const bool cut_off = sender_.aborted();
  if (sender_.unsent() > 0 && !sender_.needs_reset()) return false;
  if (!cut_off) transport_->ShutdownWrite();
  finished_ = cut_off || caller_ended_ || (caller_closes_ && body_.done() && !more_came);
  phase_ = Phase::kLinger;
  thrown_away_ = 0;
  SetDeadline(kLinger);
  return !finished_;
}

void Conversation::EnterResponse() {
  phase_ = Phase::kResponse;
  deadline_ = kNever;
}

void Conversation::EnterBetween() {
  phase_ = Phase::kBetween;
  scanned_ = 0;
  sender_.Shrink();
  SetDeadline(context_->limits.idle);
}

void Conversation::Refuse(const Problem& problem) {
  EnterResponse();
  body_ = RequestBody();
  paused_ = false;
  caller_closes_ = false;  // who knows what else it sends
  sender_.Expect({});
  sender_.Refuse(problem);
}

// Of a request whose receiver may be at work.
void Conversation::RefuseBody(const Problem& problem) {
  receiver_.reset();
  if (sender_.begun()) return sender_.Abort();
  Refuse(problem);
}

void Conversation::OnWritable() {
  const bool writer_may_go_on = sender_.Resume();
  if (writer_may_go_on && receiver_) receiver_->OnWritable();
}

void Conversation::OnTimeout() {
  if (phase_ == Phase::kHead) {
    Refuse(RequestTimeout("The request's head did not come to its end in time."));
  } else if (phase_ == Phase::kBody && receiver_) {
    RefuseBody(RequestTimeout("The request's body came to a halt, or too slowly."));
  } else {
    finished_ = true;
  }
}

// Who has ended its side has left, as with nginx; but what is ready goes out.
void Conversation::OnCallerEnd() {
  caller_ended_ = true;
  const bool only_sending = phase_ == Phase::kResponse && sender_.over();
  if (!only_sending) finished_ = true;
}

void Conversation::OnDrain() {
  if (receiver_ && !sender_.over()) receiver_->OnDrain();
}

void Conversation::Forget() {
  sender_.Disconnect();
  receiver_.reset();
}

bool Conversation::KeepsAlive() const {
  if (context_->draining || caller_ended_) return false;
  if (body_.done()) return true;
  return !awaits_continue_ && body_.remaining() && *body_.remaining() <= kMaxUnwantedBody;
}

void Conversation::OnBodyWanted() {
  if (!paused_) return;
  paused_ = false;
  SetDeadline(context_->limits.body_pause);
  owner_->ProcessLater();
}

// By what the bytes of a body buy: one each second would hold a connection for ever.
void Conversation::ExtendDeadline(std::size_t came) {
  const double seconds = static_cast<double>(came) / context_->limits.body_rate;
  const Time extended =
      deadline_ == kNever ? kNever : deadline_ + absl::ToChronoNanoseconds(absl::Seconds(seconds));
  SetDeadline(context_->limits.body_pause);
  deadline_ = std::min(deadline_, extended);
}

void Conversation::SetDeadline(absl::Duration from_now) {
  deadline_ = ListenerContext::Deadline(from_now);
}

}  // namespace portico::http
