// Time as the stand-ins see it: every wait is given as the vendor's own, and the
// schedule behind it may run it faster (DemoOptions::time_scale) or by hand
// (manual_schedule.h).
//
// Threads: one; tasks run on the thread that serves requests. The schedule must
// outlive every timer.
#ifndef PORTICO_DEMO_SCHEDULE_H_
#define PORTICO_DEMO_SCHEDULE_H_

#include <memory>

#include "absl/functional/any_invocable.h"
#include "absl/time/time.h"

namespace portico::demo {

// Runs its task once, unless destroyed before.
class Timer {
 public:
  virtual ~Timer() = default;
};

class Schedule {
 public:
  virtual ~Schedule() = default;

  // The wall clock, for time stamps; never scaled.
  virtual absl::Time Now() const = 0;

  // The vendor's time since the schedule began: real time divided by the scale.
  virtual absl::Duration Elapsed() const = 0;

  // Runs `task` when `delay` of the vendor's time has passed, never before it returns.
  [[nodiscard]] virtual std::unique_ptr<Timer> After(absl::Duration delay,
                                                     absl::AnyInvocable<void() &&> task) = 0;
};

}  // namespace portico::demo

#endif  // PORTICO_DEMO_SCHEDULE_H_
