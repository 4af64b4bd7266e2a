#include "core/loop/event_loop.h"

#include <algorithm>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <chrono>
#include <utility>

#include "core/loop/event_loop_asio.h"

namespace portico::loop {
namespace {

using Task = absl::AnyInvocable<void() &&>;
using Clock = std::chrono::steady_clock;
using AsioWait =
    boost::asio::basic_waitable_timer<Clock, boost::asio::wait_traits<Clock>, AsioExecutor>;

// What the wait and the Timer share: Asio may already have queued the handler
// when the Timer is destroyed, so the handler looks whether the task is left.
struct Wait {
  explicit Wait(boost::asio::io_context& context) : timer(context) {}
  AsioWait timer;
  Task task;
};

class AsioTimer : public Timer {
 public:
  explicit AsioTimer(std::shared_ptr<Wait> wait) : wait_(std::move(wait)) {}
  ~AsioTimer() override {
    const Task cancelled = std::exchange(wait_->task, nullptr);
    wait_->timer.cancel();
  }

 private:
  std::shared_ptr<Wait> wait_;
};

// steady_clock overflows beyond 292 years; a year is "never" for a process.
std::chrono::nanoseconds WaitTime(absl::Duration delay) {
  constexpr absl::Duration kLongest = absl::Hours(24 * 365);
  return absl::ToChronoNanoseconds(std::clamp(delay, absl::ZeroDuration(), kLongest));
}

}  // namespace

EventLoop::EventLoop() : implementation_(std::make_unique<Implementation>()) {}
EventLoop::~EventLoop() = default;

void EventLoop::Run() {
  implementation_->runner.store(std::this_thread::get_id());
  {
    const auto guard = boost::asio::make_work_guard(implementation_->context);
    implementation_->context.run();
  }
  implementation_->runner.store(std::thread::id());
}

void EventLoop::Stop() { implementation_->context.stop(); }

bool EventLoop::InLoop() const {
  return implementation_->runner.load() == std::this_thread::get_id();
}

void EventLoop::Post(Task task) {
  boost::asio::post(implementation_->context,
                    [task = std::move(task)]() mutable { std::move(task)(); });
}

std::unique_ptr<Timer> EventLoop::After(absl::Duration delay, Task task) {
  auto wait = std::make_shared<Wait>(implementation_->context);
  wait->task = std::move(task);
  auto run = [wait](const boost::system::error_code&) {
    if (wait->task) std::exchange(wait->task, nullptr)();
  };
  if (delay <= absl::ZeroDuration()) {
    boost::asio::post(implementation_->context, [run] { run({}); });
  } else {
    wait->timer.expires_after(WaitTime(delay));
    wait->timer.async_wait(run);
  }
  return std::make_unique<AsioTimer>(std::move(wait));
}

}  // namespace portico::loop
