// The real schedule: one Asio loop's timers, with every wait multiplied.
//
// Threads: the loop's own. The io_context must outlive the schedule.
#ifndef PORTICO_DEMO_ASIO_SCHEDULE_H_
#define PORTICO_DEMO_ASIO_SCHEDULE_H_

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <memory>

#include "demo/schedule.h"

namespace portico::demo {

class AsioSchedule : public Schedule {
 public:
  // `scale` is above 0; 1 runs at the vendors' pace, 0.01 a hundred times faster.
  AsioSchedule(boost::asio::io_context* io, double scale);

  absl::Time Now() const override;
  absl::Duration Elapsed() const override;
  std::unique_ptr<Timer> After(absl::Duration delay, absl::AnyInvocable<void() &&> task) override;

 private:
  boost::asio::io_context* io_;
  double scale_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace portico::demo

#endif  // PORTICO_DEMO_ASIO_SCHEDULE_H_
