#include "demo/asio_schedule.h"

#include <boost/asio/basic_waitable_timer.hpp>
#include <utility>

#include "absl/time/clock.h"

namespace portico::demo {
namespace {

using Clock = std::chrono::steady_clock;
// Bound to io_context, not any_io_executor: a timer is 30 ns and an allocation cheaper.
using AsioTimer = boost::asio::basic_waitable_timer<Clock, boost::asio::wait_traits<Clock>,
                                                    boost::asio::io_context::executor_type>;

// Shared with the handler, which may already be queued when the timer is destroyed.
struct Pending {
  Pending(boost::asio::io_context* io, Clock::duration delay) : timer(*io, delay) {}
  AsioTimer timer;
  absl::AnyInvocable<void() &&> task;
};

class ScheduledTimer : public Timer {
 public:
  explicit ScheduledTimer(std::shared_ptr<Pending> pending) : pending_(std::move(pending)) {}
  ~ScheduledTimer() override {
    pending_->task = nullptr;
    pending_->timer.cancel();
  }

 private:
  std::shared_ptr<Pending> pending_;
};

}  // namespace

AsioSchedule::AsioSchedule(boost::asio::io_context* io, double scale) : io_(io), scale_(scale) {}

absl::Time AsioSchedule::Now() const { return absl::Now(); }

absl::Duration AsioSchedule::Elapsed() const {
  return absl::FromChrono(Clock::now() - start_) / scale_;
}

std::unique_ptr<Timer> AsioSchedule::After(absl::Duration delay,
                                           absl::AnyInvocable<void() &&> task) {
  auto pending = std::make_shared<Pending>(io_, absl::ToChronoNanoseconds(delay * scale_));
  pending->task = std::move(task);
  pending->timer.async_wait([pending](boost::system::error_code) {
    if (pending->task) std::exchange(pending->task, nullptr)();
  });
  return std::make_unique<ScheduledTimer>(std::move(pending));
}

}  // namespace portico::demo
