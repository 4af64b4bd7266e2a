#include "server/grpc/health_board.h"

#include <utility>

namespace portico::server {

void HealthBoard::Set(const std::string& service, bool serving) {
  if (draining_) return;
  const auto [known, added] = serving_.try_emplace(service, serving);
  if (!added && known->second == serving) return;
  known->second = serving;
  Tell();
}

void HealthBoard::Replace(std::map<std::string, bool> serving) {
  if (draining_) return;
  serving[""] = true;
  if (serving == serving_) return;
  serving_ = std::move(serving);
  Tell();
}

void HealthBoard::Drain() {
  if (draining_) return;
  draining_ = true;
  for (auto& [service, serving] : serving_) serving = false;
  Tell();
}

std::optional<bool> HealthBoard::Find(const std::string& service) const {
  const auto known = serving_.find(service);
  if (known == serving_.end()) return std::nullopt;
  return known->second;
}

void HealthBoard::Tell() {
  const absl::flat_hash_set<Watcher*> watchers = watchers_;  // one may unwatch itself
  for (Watcher* watcher : watchers) watcher->OnHealthChange();
}

}  // namespace portico::server
