#include "core/upstream/host_queue.h"

#include "absl/strings/ascii.h"

namespace portico::upstream {
namespace {

// Hosts come from the operator's base URIs; beyond this many, idle ones are forgotten.
constexpr std::size_t kHostsKept = 256;

// "https://api.example.com:8443/v1/x?y" -> "https://api.example.com:8443".
absl::string_view Origin(absl::string_view url) {
  const std::size_t authority = url.find("://");
  const std::size_t from = authority == absl::string_view::npos ? 0 : authority + 3;
  return url.substr(0, url.find_first_of("/?#", from));
}

}  // namespace

bool HostQueue::Enter(absl::string_view url, Ticket* ticket) {
  const absl::string_view origin = Origin(url);
  auto found = hosts_.find(origin);
  if (found == hosts_.end()) {
    found = hosts_.emplace(std::string(origin), Host()).first;
    found->second.key = found->first;
  }
  Host& host = found->second;
  ticket->host_ = &host;
  ticket->waiting_ = host.running >= max_running_;
  if (ticket->waiting_) {
    ticket->place_ = host.waiting.insert(host.waiting.end(), ticket);
  } else {
    ++host.running;
  }
  return !ticket->waiting_;
}

HostQueue::Ticket* HostQueue::Leave(Ticket* ticket) {
  Host* const host = ticket->host_;
  ticket->host_ = nullptr;
  if (ticket->waiting_) {
    ticket->waiting_ = false;
    host->waiting.erase(ticket->place_);
    return nullptr;
  }
  if (host->waiting.empty()) {
    --host->running;
    Forget(host);
    return nullptr;
  }
  Ticket* const next = host->waiting.front();
  host->waiting.pop_front();
  next->waiting_ = false;  // it takes over the place
  return next;
}

void HostQueue::Forget(Host* host) {
  if (hosts_.size() <= kHostsKept || host->running != 0) return;
  hosts_.erase(std::string(host->key));
}

}  // namespace portico::upstream
