// A schedule whose time moves only when a test says so: 30 s of a long poll cost
// nothing and always end at the same instant.
//
// Threads: one.
#ifndef PORTICO_DEMO_MANUAL_SCHEDULE_H_
#define PORTICO_DEMO_MANUAL_SCHEDULE_H_

#include <map>
#include <memory>
#include <utility>

#include "demo/schedule.h"

namespace portico::demo {

class ManualSchedule : public Schedule {
 public:
  absl::Time Now() const override { return start_ + elapsed_; }
  absl::Duration Elapsed() const override { return elapsed_; }

  std::unique_ptr<Timer> After(absl::Duration delay, absl::AnyInvocable<void() &&> task) override {
    const Key key{elapsed_ + delay, ++sequence_};
    tasks_.emplace(key, std::move(task));
    return std::make_unique<ManualTimer>(this, key);
  }

  // Moves time on by `step`, running what falls due in order of time.
  void Advance(absl::Duration step) {
    const absl::Duration until = elapsed_ + step;
    while (!tasks_.empty() && tasks_.begin()->first.first <= until) {
      auto due = tasks_.extract(tasks_.begin());
      if (due.key().first > elapsed_) elapsed_ = due.key().first;
      std::move(due.mapped())();
    }
    elapsed_ = until;
  }

  // Timers that have neither run nor been destroyed.
  int pending() const { return static_cast<int>(tasks_.size()); }

 private:
  using Key = std::pair<absl::Duration, int>;

  class ManualTimer : public Timer {
   public:
    ManualTimer(ManualSchedule* schedule, Key key) : schedule_(schedule), key_(key) {}
    ~ManualTimer() override { schedule_->tasks_.erase(key_); }

   private:
    ManualSchedule* schedule_;
    Key key_;
  };

  absl::Time start_ = absl::FromUnixSeconds(1795300760);  // 2026-11-21T22:39:20Z
  absl::Duration elapsed_;
  int sequence_ = 0;
  std::map<Key, absl::AnyInvocable<void() &&>> tasks_;
};

}  // namespace portico::demo

#endif  // PORTICO_DEMO_MANUAL_SCHEDULE_H_
