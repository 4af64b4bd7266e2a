#include "server/http_port.h"

#include <condition_variable>
#include <mutex>
#include <utility>

#include "core/loop/run_on.h"

namespace portico::server {

// Shared with what the listeners call back, which may be after the wait was given up.
class HttpPort::Countdown {
 public:
  explicit Countdown(std::size_t count) : count_(count) {}
  void Down() {
    {
      const std::lock_guard lock(mutex_);
      --count_;
    }
    changed_.notify_all();
  }
  void Await(absl::Time deadline) {
    std::unique_lock lock(mutex_);
    changed_.wait_until(lock, absl::ToChronoTime(deadline), [this] { return count_ == 0; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::size_t count_;  // guarded by mutex_
};

absl::StatusOr<std::unique_ptr<HttpPort>> HttpPort::Open(std::vector<Shard>& shards,
                                                         http::ListenerOptions options,
                                                         const MakeDoor& make_door) {
  auto port = std::unique_ptr<HttpPort>(new HttpPort());
  for (Shard& shard : shards) {
    Front& front = port->fronts_.emplace_back();
    front.shard = &shard;
    absl::Status opened;
    loop::RunOn(*shard.loop, [&] {
      front.door = make_door(shard);
      auto listener = http::Listener::Open(*shard.loop, options, front.door.get(),
                                           /*shares=*/!port->address_.empty());
      if (!listener.ok()) {
        opened = listener.status();
        return;
      }
      front.listener = *std::move(listener);
      port->address_ = front.listener->address();
    });
    if (!opened.ok()) return opened;
    options.address = port->address_;  // the others share the port that was picked
  }
  return port;
}

HttpPort::~HttpPort() {
  for (Front& front : fronts_) {
    loop::RunOn(*front.shard->loop, [&front] {
      front.listener.reset();
      front.door.reset();
    });
  }
}

void HttpPort::BeginDrain() {
  if (undrained_ != nullptr) return;
  undrained_ = std::make_shared<Countdown>(fronts_.size());
  for (Front& front : fronts_) {
    loop::RunOn(*front.shard->loop, [this, &front] {
      front.listener->Drain([countdown = undrained_] { countdown->Down(); });
    });
  }
}

void HttpPort::AwaitDrained(absl::Time deadline) {
  BeginDrain();
  undrained_->Await(deadline);
}

}  // namespace portico::server
