// The process's event loops, one thread per core, and the choice among them.
//
// Threads: at, size and Next from any thread; Stop and the destructor from one
// thread that is none of the loops'.
#ifndef PORTICO_CORE_LOOP_LOOP_POOL_H_
#define PORTICO_CORE_LOOP_LOOP_POOL_H_

#include <atomic>
#include <cstddef>
#include <memory>
#include <thread>
#include <vector>

#include "core/loop/event_loop.h"

namespace portico::loop {

class LoopPool {
 public:
  // Starts `size` threads (at least one).
  explicit LoopPool(std::size_t size);
  // Stops and joins them. Nothing may still use the loops.
  ~LoopPool();
  LoopPool(const LoopPool&) = delete;
  LoopPool& operator=(const LoopPool&) = delete;

  std::size_t size() const { return loops_.size(); }
  EventLoop& at(std::size_t index) { return *loops_[index]; }
  // Index of the next loop, round robin. Any thread.
  std::size_t Next() { return next_.fetch_add(1, std::memory_order_relaxed) % loops_.size(); }

  // Stops and joins the threads early; the loops stay alive, so that what lives
  // on them can be destroyed from the calling thread.
  void Stop();

 private:
  std::vector<std::unique_ptr<EventLoop>> loops_;
  std::vector<std::thread> threads_;
  std::atomic<std::size_t> next_{0};
};

}  // namespace portico::loop

#endif  // PORTICO_CORE_LOOP_LOOP_POOL_H_
