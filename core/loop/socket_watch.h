// Tells when a socket that someone else owns can be read or written: how a
// library with its own sockets (libcurl) lives on an EventLoop.
//
// Level-triggered: the callback comes again as long as the socket stays ready
// and the interest holds. Loop thread only. The socket must stay open until the
// watch is destroyed; the loop must outlive the watch.
#ifndef PORTICO_CORE_LOOP_SOCKET_WATCH_H_
#define PORTICO_CORE_LOOP_SOCKET_WATCH_H_

#include <memory>

#include "absl/functional/any_invocable.h"
#include "core/loop/event_loop.h"

namespace portico::loop {

enum class Readiness { kReadable, kWritable };

class SocketWatch {
 public:
  // `on_ready` runs on the loop, never from inside SetInterest, and may destroy
  // the watch. An error on the socket shows as readiness.
  SocketWatch(EventLoop& loop, int socket, absl::AnyInvocable<void(Readiness)> on_ready);
  // Ends the watch and leaves the socket open.
  ~SocketWatch();
  SocketWatch(const SocketWatch&) = delete;
  SocketWatch& operator=(const SocketWatch&) = delete;

  // Replaces what is waited for; nothing at first.
  void SetInterest(bool readable, bool writable);

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace portico::loop

#endif  // PORTICO_CORE_LOOP_SOCKET_WATCH_H_
