// Runs something on a loop's thread and waits for it.
#ifndef PORTICO_CORE_LOOP_RUN_ON_H_
#define PORTICO_CORE_LOOP_RUN_ON_H_

#include <future>

#include "core/loop/event_loop.h"

namespace portico::loop {

// From any thread but the loop's own, which must be running.
template <typename Task>
void RunOn(EventLoop& loop, Task task) {
  std::promise<void> done;
  loop.Post([&] {
    task();
    done.set_value();
  });
  done.get_future().wait();
}

}  // namespace portico::loop

#endif  // PORTICO_CORE_LOOP_RUN_ON_H_
