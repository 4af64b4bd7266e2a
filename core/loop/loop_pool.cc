#include "core/loop/loop_pool.h"

#include <algorithm>

namespace portico::loop {

LoopPool::LoopPool(std::size_t size) {
  size = std::max<std::size_t>(size, 1);
  for (std::size_t i = 0; i < size; ++i) loops_.push_back(std::make_unique<EventLoop>());
  for (auto& loop : loops_) threads_.emplace_back([&loop = *loop] { loop.Run(); });
}

LoopPool::~LoopPool() { Stop(); }

void LoopPool::Stop() {
  for (auto& loop : loops_) loop->Stop();
  for (auto& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
}

}  // namespace portico::loop
