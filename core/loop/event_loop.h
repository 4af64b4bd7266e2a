// One thread that owns things: sockets, timers, upstream exchanges. Whoever
// wants something of them posts a task instead of taking a lock.
//
// Threads: Post, Stop and InLoop from any thread; everything else only on the
// loop's own thread, or on any one thread while the loop does not run. The loop
// must outlive every timer, watch and task. Tasks must not throw.
#ifndef PORTICO_CORE_LOOP_EVENT_LOOP_H_
#define PORTICO_CORE_LOOP_EVENT_LOOP_H_

#include <memory>

#include "absl/functional/any_invocable.h"
#include "absl/time/time.h"

namespace portico::loop {

// Runs its task once unless destroyed before; may be destroyed by its own task.
// Loop thread only.
class Timer {
 public:
  virtual ~Timer() = default;  // cancels
};

class EventLoop {
 public:
  EventLoop();
  ~EventLoop();
  EventLoop(const EventLoop&) = delete;
  EventLoop& operator=(const EventLoop&) = delete;

  // Runs tasks until Stop; the calling thread becomes the loop's thread. Once.
  void Run();
  // Ends Run after the task that is running. Tasks not yet run are destroyed
  // with the loop.
  void Stop();
  // Whether the calling thread is inside Run.
  bool InLoop() const;

  // Runs `task` on the loop's thread, never before Post returns. Tasks posted
  // by one thread run in their order.
  void Post(absl::AnyInvocable<void() &&> task);

  // Runs `task` after `delay` (at once when negative), never before it returns.
  // An infinite delay never ends.
  [[nodiscard]] std::unique_ptr<Timer> After(absl::Duration delay,
                                             absl::AnyInvocable<void() &&> task);

  struct Implementation;
  // For event_loop_asio.h.
  Implementation& implementation() { return *implementation_; }

 private:
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace portico::loop

#endif  // PORTICO_CORE_LOOP_EVENT_LOOP_H_
