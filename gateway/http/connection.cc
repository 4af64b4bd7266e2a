#include "gateway/http/connection.h"

#include <poll.h>

#include <algorithm>
#include <boost/asio/post.hpp>
#include <utility>

namespace portico::http {
namespace {

// Of what comes while a response is under way.
constexpr std::size_t kMaxAhead = 4 * 1024;

}  // namespace

Connection::Connection(ListenerContext* context, std::unique_ptr<Transport> transport)
    : context_(context),
      transport_(std::move(transport)),
      conversation_(this, context, transport_.get()) {}

void Connection::Start(ListenerContext::Connections::iterator place) {
  place_ = place;
  AwaitReadable();
}

void Connection::Refuse(const Problem& problem) {
  Turn([&] { conversation_.Refuse(problem); });
}

void Connection::Drain() {
  Turn([&] {
    // A request that is in the socket already is not lost.
    if (conversation_.idle()) return ReadOnce();
    conversation_.OnDrain();
  });
}

void Connection::Close() {
  if (std::exchange(closed_, true)) return;
  const auto self = shared_from_this();  // until the context has let go
  conversation_.Forget();
  transport_->Close();
  kept_ = std::string();
  context_->Remove(place_);
}

template <typename Event>
void Connection::Turn(Event event) {
  if (closed_ || in_turn_) return;
  in_turn_ = true;
  event();
  Process({});
  in_turn_ = false;
  if (conversation_.finished()) return Close();
  AwaitReadable();
}

void Connection::Process(absl::string_view bytes) {
  if (kept_.empty()) {
    conversation_.Process(&bytes);
    kept_.assign(bytes.data(), bytes.size());
    return;
  }
  kept_.append(bytes.data(), bytes.size());
  absl::string_view rest = kept_;
  conversation_.Process(&rest);
  kept_.erase(0, kept_.size() - rest.size());
  if (kept_.empty()) kept_ = std::string();  // an idle connection holds no memory
}

void Connection::ProcessLater() {
  if (in_turn_ || std::exchange(posted_, true)) return;
  boost::asio::post(transport_->socket().get_executor(), [self = shared_from_this()] {
    self->posted_ = false;
    self->Turn([] {});
  });
}

// How much to read now.
std::size_t Connection::Room() const {
  switch (conversation_.appetite()) {
    case Conversation::Appetite::kNothing:
      return 0;
    case Conversation::Appetite::kLittle:
      return kMaxAhead - std::min(kMaxAhead, kept_.size());
    case Conversation::Appetite::kAll:
      break;
  }
  return context_->read_buffer.size();
}

void Connection::AwaitReadable() {
  if (Room() == 0 || std::exchange(waiting_, true)) return;
  auto readable = [self = shared_from_this()](error_code error) { self->OnReadable(error); };
  if (transport_->pending()) {
    boost::asio::post(transport_->socket().get_executor(),
                      [readable = std::move(readable)] { readable({}); });
  } else {
    transport_->socket().async_wait(boost::asio::socket_base::wait_read, std::move(readable));
  }
}

void Connection::OnReadable(error_code error) {
  waiting_ = false;
  if (closed_ || Room() == 0) return;
  if (error) return Close();
  Turn([&] { ReadOnce(); });
}

void Connection::ReadOnce() {
  auto& buffer = context_->read_buffer;
  const auto result = transport_->Read(buffer.data(), Room());
  switch (result.outcome) {
    case Transport::Outcome::kDone:
      return Process({buffer.data(), result.bytes});
    case Transport::Outcome::kWouldBlock:
      return;
    case Transport::Outcome::kWantsWrite:
      waiting_ = true;
      return transport_->socket().async_wait(
          boost::asio::socket_base::wait_write,
          [self = shared_from_this()](error_code error) { self->OnReadable(error); });
    case Transport::Outcome::kEnd:
      return conversation_.OnCallerEnd();
    case Transport::Outcome::kError:
      return conversation_.OnCallerGone();
  }
}

void Connection::AwaitWritable() {
  send_deadline_ = ListenerContext::Deadline(context_->limits.send_pause);
  transport_->socket().async_wait(
      boost::asio::socket_base::wait_write,
      [self = shared_from_this()](error_code error) { self->OnWritable(error); });
}

void Connection::OnWritable(error_code error) {
  if (closed_) return;
  if (error) return Close();
  send_deadline_ = Conversation::Time::max();
  Turn([&] { conversation_.OnWritable(); });
}

void Connection::Sweep(Conversation::Time now) {
  if (now >= send_deadline_ || CallerHasLeft()) return Close();
  if (now >= conversation_.deadline()) Turn([&] { conversation_.OnTimeout(); });
}

// Where nothing is read, the end of what comes is not seen otherwise.
bool Connection::CallerHasLeft() {
  if (Room() > 0) return false;
  // Behind a body that waits to be read, an end is no leave.
  const bool at_body = conversation_.appetite() == Conversation::Appetite::kNothing;
  pollfd socket{transport_->socket().native_handle(), POLLRDHUP, 0};
  const short gone = at_body ? POLLHUP | POLLERR : POLLRDHUP | POLLHUP | POLLERR;
  return ::poll(&socket, 1, 0) > 0 && (socket.revents & gone) != 0;
}

}  // namespace portico::http
