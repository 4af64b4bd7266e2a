#include "core/loop/socket_watch.h"

#include <boost/asio/posix/basic_stream_descriptor.hpp>
#include <utility>

#include "core/loop/event_loop_asio.h"

namespace portico::loop {

using Descriptor = boost::asio::posix::basic_stream_descriptor<AsioExecutor>;

// Outlives the watch while Asio holds a handler.
struct SocketWatch::State : std::enable_shared_from_this<State> {
  struct Direction {
    Readiness readiness;
    Descriptor::wait_type wait;
    bool wanted = false;
    bool waiting = false;  // Asio has a handler
  };

  explicit State(boost::asio::io_context& context) : descriptor(context) {}

  void Arm(Direction& direction) {
    if (!direction.wanted || direction.waiting || ended) return;
    direction.waiting = true;
    descriptor.async_wait(
        direction.wait, [self = shared_from_this(), &direction](const boost::system::error_code&) {
          self->Ready(direction);
        });
  }

  void Ready(Direction& direction) {
    direction.waiting = false;
    if (ended || !direction.wanted) return;
    on_ready(direction.readiness);
    Arm(direction);
  }

  Descriptor descriptor;
  Direction read{Readiness::kReadable, Descriptor::wait_read};
  Direction write{Readiness::kWritable, Descriptor::wait_write};
  absl::AnyInvocable<void(Readiness)> on_ready;
  bool ended = false;
};

SocketWatch::SocketWatch(EventLoop& loop, int socket, absl::AnyInvocable<void(Readiness)> on_ready)
    : state_(std::make_shared<State>(AsioContext(loop))) {
  state_->on_ready = std::move(on_ready);
  boost::system::error_code error;
  state_->descriptor.assign(socket, error);
  // Without a registration (the system is out of watches) no callback comes;
  // whoever waits has a deadline.
  if (error) state_->ended = true;
}

SocketWatch::~SocketWatch() {
  state_->ended = true;
  state_->descriptor.release();
}

void SocketWatch::SetInterest(bool readable, bool writable) {
  state_->read.wanted = readable;
  state_->write.wanted = writable;
  state_->Arm(state_->read);
  state_->Arm(state_->write);
}

}  // namespace portico::loop
