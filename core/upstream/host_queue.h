// Lets at most so many exchanges run per upstream host; the rest wait their turn
// in order. libcurl could queue them itself, but there the wait is mute: nobody
// can tell a caller that its time ran out before anything was sent.
//
// Holds no exchanges, only their tickets. One thread at a time.
#ifndef PORTICO_CORE_UPSTREAM_HOST_QUEUE_H_
#define PORTICO_CORE_UPSTREAM_HOST_QUEUE_H_

#include <cstddef>
#include <list>
#include <string>

#include "absl/container/node_hash_map.h"
#include "absl/strings/string_view.h"

namespace portico::upstream {

class HostQueue {
 public:
  class Ticket;

  explicit HostQueue(std::size_t max_running) : max_running_(max_running) {}
  HostQueue(const HostQueue&) = delete;
  HostQueue& operator=(const HostQueue&) = delete;

  // Takes a place for `ticket` at the host of `url` (scheme, host and port):
  // true when it may run now, false when it waits. `ticket` must be fresh.
  bool Enter(absl::string_view url, Ticket* ticket);

  // Gives the place back, whether running or waiting. Returns the ticket whose
  // turn it is now, or null; that one runs from here on.
  Ticket* Leave(Ticket* ticket);

 private:
  struct Host {
    std::string key;
    std::size_t running = 0;
    std::list<Ticket*> waiting;
  };

  void Forget(Host* host);

  std::size_t max_running_;
  absl::node_hash_map<std::string, Host> hosts_;
};

// One exchange's place; base class of what is queued.
class HostQueue::Ticket {
 public:
  bool waiting() const { return waiting_; }

 private:
  friend class HostQueue;
  Host* host_ = nullptr;
  std::list<Ticket*>::iterator place_;
  bool waiting_ = false;
};

}  // namespace portico::upstream

#endif  // PORTICO_CORE_UPSTREAM_HOST_QUEUE_H_
