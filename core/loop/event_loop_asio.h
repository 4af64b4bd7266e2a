// The Boost.Asio context inside an EventLoop, for the few who own sockets: the
// HTTP listener and socket_watch.cc. Everyone else posts tasks.
#ifndef PORTICO_CORE_LOOP_EVENT_LOOP_ASIO_H_
#define PORTICO_CORE_LOOP_EVENT_LOOP_ASIO_H_

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <thread>

#include "core/loop/event_loop.h"

namespace portico::loop {

struct EventLoop::Implementation {
  boost::asio::io_context context{1};  // one thread runs it; any may post
  std::atomic<std::thread::id> runner{};
};

// What Asio's objects run their handlers by. Its default, any_io_executor, can hold
// any kind, which each handler under way pays for in bytes and time.
using AsioExecutor = boost::asio::io_context::executor_type;

// Objects made from it must be destroyed before the loop, on the loop's thread.
inline boost::asio::io_context& AsioContext(EventLoop& loop) {
  return loop.implementation().context;
}

}  // namespace portico::loop

#endif  // PORTICO_CORE_LOOP_EVENT_LOOP_ASIO_H_
