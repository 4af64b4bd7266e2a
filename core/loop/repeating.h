// Runs something on a loop again and again: a sweep, a heartbeat.
//
// Loop thread only. The loop must outlive it.
#ifndef PORTICO_CORE_LOOP_REPEATING_H_
#define PORTICO_CORE_LOOP_REPEATING_H_

#include <memory>
#include <utility>

#include "absl/functional/any_invocable.h"
#include "absl/time/time.h"
#include "core/loop/event_loop.h"

namespace portico::loop {

class Repeating {
 public:
  // `task` runs a `period` after each time before, first a period from now; never
  // when that is not above zero, since it would keep the loop spinning. It must not
  // destroy this.
  Repeating(EventLoop& loop, absl::Duration period, absl::AnyInvocable<void()> task)
      : loop_(loop), period_(period), task_(std::move(task)) {
    if (period > absl::ZeroDuration()) Await();
  }
  Repeating(const Repeating&) = delete;
  Repeating& operator=(const Repeating&) = delete;

 private:
  void Await() {
    timer_ = loop_.After(period_, [this] {
      task_();
      Await();
    });
  }

  EventLoop& loop_;
  const absl::Duration period_;
  absl::AnyInvocable<void()> task_;
  std::unique_ptr<Timer> timer_;
};

}  // namespace portico::loop

#endif  // PORTICO_CORE_LOOP_REPEATING_H_
