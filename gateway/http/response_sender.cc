#include "gateway/http/response_sender.h"

#include <ctime>

namespace portico::http {

void ResponseSender::Expect(const ResponseForm& form) {
  form_ = form;
  state_ = State::kExpected;
  aborted_ = false;
  paused_ = false;
}

void ResponseSender::Continue() {
  if (state_ == State::kExpected) Send({"HTTP/1.1 100 Continue\r\n\r\n"});
}

void ResponseSender::Refuse(const Problem& problem) { Respond(HeadOf(problem), ToJson(problem)); }

bool ResponseSender::Resume() {
  if (!output_.Resume(*transport_)) {
    failed_ = true;
    return false;
  }
  if (output_.blocked()) owner_->OnBlocked();
  if (output_.size() > 0 || !paused_) return false;
  paused_ = false;
  return state_ == State::kStarted;
}

void ResponseSender::Disconnect() {
  failed_ = true;
  state_ = State::kOver;
}

void ResponseSender::Respond(const ResponseHead& head, absl::string_view body) {
  if (state_ != State::kExpected) return;
  std::string& text = context_->response_head;
  text.clear();
  // Without a body to send, a length that is given is that of the body there would be.
  const bool given = head.content_length() && (form_.head_only || head.status() == 304);
  std::optional<std::uint64_t> length = body.size();
  if (given || head.status() == 304) length = head.content_length();
  BeginHead(head, length, &text);
  Send({text, framer_.Frame(body)[0]});
  Finish();
}

void ResponseSender::Start(const ResponseHead& head) {
  if (state_ != State::kExpected) return;
  BeginHead(head, head.content_length(), output_.held());
  state_ = State::kStarted;
}

void ResponseSender::Flush() {
  if (state_ == State::kStarted) Send({});
}

loop::Flow ResponseSender::Write(absl::string_view bytes) {
  if (state_ != State::kStarted || failed_) return loop::Flow::kPause;
  Send(framer_.Frame(bytes));
  // Until Resume: who was told to pause waits to be told to go on, whatever is
  // written in between.
  if (failed_ || output_.size() > context_->limits.unsent) paused_ = true;
  return paused_ ? loop::Flow::kPause : loop::Flow::kContinue;
}

void ResponseSender::End() {
  if (state_ != State::kStarted) return;
  if (!framer_.complete()) return Abort();
  Send({framer_.End()});
  Finish();
}

void ResponseSender::Abort() {
  if (state_ == State::kOver) return;
  aborted_ = true;
  needs_reset_ = state_ == State::kStarted && !framer_.tells_end();
  Send({});
  Finish();
}

void ResponseSender::BeginHead(const ResponseHead& head, std::optional<std::uint64_t> length,
                               std::string* out) {
  form_.keep_alive = form_.keep_alive && owner_->KeepsAlive();
  framer_.Begin(form_, head, length, context_->date.At(std::time(nullptr)), out);
}

void ResponseSender::Send(absl::Span<const absl::string_view> pieces) {
  if (failed_) return;
  const bool was_blocked = output_.blocked();
  if (!output_.Send(*transport_, pieces)) {
    failed_ = true;
    return owner_->OnOver();
  }
  if (output_.blocked() && !was_blocked) owner_->OnBlocked();
}

void ResponseSender::Finish() {
  state_ = State::kOver;
  owner_->OnOver();
}

}  // namespace portico::http
