#include "gateway/http/connection.h"

#include <poll.h>

#include <boost/asio/post.hpp>
#include <utility>

#include "gateway/http/refusals.h"

namespace portico::http {
namespace {

using Clock = ListenerContext::Clock;

// Of a body that no receiver wants: more, and the connection ends.
constexpr std::size_t kMaxThrownAway = 64 * 1024;
// Of what comes while a response is under way.
constexpr std::size_t kMaxAhead = 4 * 1024;
// A caller that is still sending would lose our last words to a reset.
constexpr absl::Duration kLinger = absl::Seconds(2);
constexpr std::size_t kMaxLingering = 1024 * 1024;

}  // namespace

Connection::Connection(ListenerContext* context, std::unique_ptr<Transport> transport)
    : context_(context),
      transport_(std::move(transport)),
      sender_(this, context, transport_.get()),
      send_deadline_(Clock::time_point::max()) {}

void Connection::Start(ListenerContext::Connections::iterator place) {
  place_ = place;
  shaking_hands_ = !transport_->ready();
  SetDeadline(shaking_hands_ ? context_->limits.head : context_->limits.idle);
  AwaitReadable();
}

void Connection::Refuse(const Problem& problem) {
  kept_.clear();
  body_ = RequestBody();
  phase_ = Phase::kResponse;
  caller_closes_ = false;
  deadline_ = Clock::time_point::max();
  sender_.Expect({});
  sender_.Refuse(problem);
}

void Connection::Drain() {
  if (receiver_ && !sender_.over()) {
    busy_ = true;
    receiver_->OnDrain();
    busy_ = false;
    return Proceed();
  }
  // A request that is in the socket already is not lost.
  if (phase_ == Phase::kBetween) ReadOnce();
  if (!closed_ && phase_ == Phase::kBetween) Close();
}

void Connection::Close() {
  if (std::exchange(closed_, true)) return;
  const auto self = shared_from_this();  // until the context has let go
  transport_->Close();
  receiver_.reset();
  kept_ = std::string();
  context_->Remove(place_);
}

bool Connection::KeepsAlive() const {
  if (context_->draining || ended_) return false;
  return body_.done() ||
         (!awaits_continue_ && body_.remaining() && *body_.remaining() <= kMaxThrownAway);
}

// --- Steps ---

void Connection::Process(absl::string_view* bytes) {
  busy_ = true;
  while (!closed_ && Step(bytes)) {
  }
  busy_ = false;
}

bool Connection::Step(absl::string_view* bytes) {
  if (sender_.failed()) {
    Close();
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
      thrown_away_ += bytes->size();
      *bytes = {};
      if (thrown_away_ > kMaxLingering) Close();
      return false;
  }
  return false;
}

bool Connection::StepHead(absl::string_view* bytes) {
  if (bytes->empty()) return false;
  switch (context_->parser.Parse(*bytes, &scanned_)) {
    case RequestParser::Result::kNeedMore:
      if (phase_ == Phase::kBetween) SetDeadline(context_->limits.head);
      phase_ = Phase::kHead;
      return false;
    case RequestParser::Result::kRefused:
      *bytes = {};
      Refuse(context_->parser.refusal());
      return true;
    case RequestParser::Result::kRequest:
      BeginExchange(bytes);
      return true;
  }
  return false;
}

void Connection::BeginExchange(absl::string_view* bytes) {
  ParsedRequest& request = context_->parser.request();
  RequestHead& head = request.head;
  head.tls = context_->tls;
  bytes->remove_prefix(request.size);
  body_ = request.chunked ? RequestBody::Chunked()
                          : RequestBody::OfLength(head.content_length.value_or(0));
  phase_ = Phase::kBody;
  paused_ = false;
  thrown_away_ = 0;
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

bool Connection::StepBody(absl::string_view* bytes) {
  if (body_.done()) {
    phase_ = Phase::kResponse;
    deadline_ = Clock::time_point::max();
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

void Connection::GiveBody(absl::string_view piece) {
  paused_ = true;  // so that ResumeBody counts even from inside OnBody
  const loop::Flow flow = receiver_->OnBody(piece);
  if (flow == loop::Flow::kContinue) paused_ = false;
  if (paused_) deadline_ = Clock::time_point::max();
}

// The response has been handed over.
bool Connection::StepOver(absl::string_view* bytes) {
  receiver_.reset();
  paused_ = false;
  if (sender_.needs_reset()) transport_->Reset();
  if (!sender_.keep_alive() || ended_) {
    if (sender_.unsent() > 0 && !sender_.needs_reset()) return false;
    FinishClosing(!bytes->empty());
    return !closed_;
  }
  if (!body_.done()) {  // KeepsAlive saw that little of it is left
    if (bytes->empty()) return false;
    body_.Next(bytes);
    return true;
  }
  phase_ = Phase::kResponse;
  deadline_ = Clock::time_point::max();
  if (sender_.unsent() > 0) return false;
  EnterBetween();
  return true;
}

void Connection::FinishClosing(bool more_came) {
  if (sender_.aborted()) return Close();
  transport_->ShutdownWrite();
  if (ended_ || (caller_closes_ && body_.done() && !more_came)) return Close();
  phase_ = Phase::kLinger;
  thrown_away_ = 0;
  SetDeadline(kLinger);
}

void Connection::EnterBetween() {
  phase_ = Phase::kBetween;
  scanned_ = 0;
  sender_.Shrink();
  SetDeadline(context_->limits.idle);
}

// Of a request whose receiver may be at work.
void Connection::RefuseBody(const Problem& problem) {
  receiver_.reset();
  if (sender_.begun()) return sender_.Abort();
  Refuse(problem);
}

// --- Events ---

void Connection::Take(absl::string_view bytes) {
  if (!kept_.empty()) {
    kept_.append(bytes.data(), bytes.size());
    ProcessKept();
  } else {
    Process(&bytes);
    if (!closed_) kept_.assign(bytes.data(), bytes.size());
  }
  if (phase_ == Phase::kBody && !paused_) SetDeadline(context_->limits.body_pause);
}

void Connection::ProcessKept() {
  std::string bytes = std::exchange(kept_, std::string());  // views into it must hold
  absl::string_view rest = bytes;
  Process(&rest);
  if (closed_ || rest.empty()) return;
  bytes.erase(0, bytes.size() - rest.size());
  kept_ = std::move(bytes);
}

void Connection::Proceed() {
  if (closed_) return;
  ProcessKept();
  if (closed_) return;
  if (phase_ == Phase::kBetween && (context_->draining || ended_)) return Close();
  AwaitReadable();
}

void Connection::ProceedLater() {
  if (busy_ || std::exchange(posted_, true)) return;
  boost::asio::post(transport_->socket().get_executor(), [self = shared_from_this()] {
    self->posted_ = false;
    self->Proceed();
  });
}

void Connection::OnBodyWanted() {
  if (!paused_) return;
  paused_ = false;
  SetDeadline(context_->limits.body_pause);
  ProceedLater();
}

bool Connection::WantsRead() const {
  if (closed_ || ended_ || paused_) return false;
  const bool exchange = phase_ == Phase::kBody || phase_ == Phase::kResponse;
  return !exchange || kept_.size() < kMaxAhead;
}

void Connection::AwaitReadable() {
  if (!WantsRead() || std::exchange(waiting_, true)) return;
  if (transport_->pending()) {
    return boost::asio::post(transport_->socket().get_executor(),
                             [self = shared_from_this()] { self->OnReadable({}); });
  }
  transport_->socket().async_wait(
      boost::asio::socket_base::wait_read,
      [self = shared_from_this()](error_code error) { self->OnReadable(error); });
}

void Connection::OnReadable(error_code error) {
  waiting_ = false;
  if (closed_ || !WantsRead()) return;
  if (error) return Close();
  ReadOnce();
  Proceed();
}

void Connection::ReadOnce() {
  auto& buffer = context_->read_buffer;
  const std::size_t room = phase_ == Phase::kResponse ? kMaxAhead - kept_.size() : buffer.size();
  const auto result = transport_->Read(buffer.data(), room);
  if (shaking_hands_ && transport_->ready()) {
    shaking_hands_ = false;
    SetDeadline(context_->limits.idle);
  }
  switch (result.outcome) {
    case Transport::Outcome::kDone:
      return Take({buffer.data(), result.bytes});
    case Transport::Outcome::kWouldBlock:
      return;
    case Transport::Outcome::kWantsWrite:
      waiting_ = true;
      return transport_->socket().async_wait(
          boost::asio::socket_base::wait_write,
          [self = shared_from_this()](error_code error) { self->OnReadable(error); });
    case Transport::Outcome::kEnd:
      return OnEnd();
    case Transport::Outcome::kError:
      return Close();
  }
}

// Who has ended its side has left, as with nginx; but what is ready goes out.
void Connection::OnEnd() {
  ended_ = true;
  const bool only_sending = phase_ == Phase::kResponse && sender_.over();
  if (!only_sending) Close();
}

void Connection::OnBlocked() {
  send_deadline_ = Clock::now() + absl::ToChronoNanoseconds(context_->limits.send_pause);
  transport_->socket().async_wait(
      boost::asio::socket_base::wait_write,
      [self = shared_from_this()](error_code error) { self->OnWritable(error); });
}

void Connection::OnWritable(error_code error) {
  if (closed_) return;
  if (error) return Close();
  const bool writer_may_go_on = sender_.Resume();
  send_deadline_ = Clock::time_point::max();
  if (sender_.blocked() && !sender_.failed()) OnBlocked();
  if (writer_may_go_on && receiver_) {
    busy_ = true;
    receiver_->OnWritable();
    busy_ = false;
  }
  Proceed();
}

// --- Time ---

void Connection::SetDeadline(absl::Duration from_now) {
  deadline_ = Clock::now() + absl::ToChronoNanoseconds(from_now);
}

void Connection::Sweep(Clock::time_point now) {
  if (now >= send_deadline_ || CallerHasLeft()) return Close();
  if (now >= deadline_) OnTimeout();
}

void Connection::OnTimeout() {
  switch (phase_) {
    case Phase::kHead:
      Refuse(RequestTimeout("The request's head did not come to its end in time."));
      break;
    case Phase::kBody:
      if (!receiver_) return Close();
      RefuseBody(RequestTimeout("The request's body came to a halt."));
      break;
    default:
      return Close();
  }
  Proceed();
}

// Where nothing is read, the end of what comes is not seen otherwise.
bool Connection::CallerHasLeft() {
  if (phase_ != Phase::kResponse || WantsRead() || ended_) return false;
  pollfd socket{transport_->socket().native_handle(), POLLRDHUP, 0};
  return ::poll(&socket, 1, 0) > 0 && (socket.revents & (POLLRDHUP | POLLHUP | POLLERR)) != 0;
}

}  // namespace portico::http
