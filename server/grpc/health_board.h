// Which services are serving: what gRPC's health protocol is answered from.
//
// Threads: one loop's. Watchers must outlive their watch.
#ifndef PORTICO_SERVER_GRPC_HEALTH_BOARD_H_
#define PORTICO_SERVER_GRPC_HEALTH_BOARD_H_

#include <map>
#include <optional>
#include <string>

#include "absl/container/flat_hash_set.h"

namespace portico::server {

class HealthBoard {
 public:
  // Told that something changed; asks Find for what.
  class Watcher {
   public:
    virtual ~Watcher() = default;
    virtual void OnHealthChange() = 0;
  };

  // The empty name speaks for the process, and serves until Drain.
  HealthBoard() : serving_{{"", true}} {}

  void Set(const std::string& service, bool serving);
  // These and no others, from now on; the empty name is always there. Watchers of one
  // that is gone hear that it is unknown.
  void Replace(std::map<std::string, bool> serving);
  // Every service stops serving, for good.
  void Drain();
  // Nothing for a service that was never set.
  std::optional<bool> Find(const std::string& service) const;

  void Watch(Watcher* watcher) { watchers_.insert(watcher); }
  void Unwatch(Watcher* watcher) { watchers_.erase(watcher); }

 private:
  void Tell();

  std::map<std::string, bool> serving_;
  bool draining_ = false;
  absl::flat_hash_set<Watcher*> watchers_;
};

}  // namespace portico::server

#endif  // PORTICO_SERVER_GRPC_HEALTH_BOARD_H_
