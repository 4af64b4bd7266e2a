#include "core/upstream/upstream_health.h"

#include <utility>

namespace portico::upstream {
namespace {

bool SpeaksOfUpstream(Failure failure) {
  switch (failure) {
    case Failure::kDns:
    case Failure::kConnect:
    case Failure::kConnectTimeout:
    case Failure::kTlsHandshake:
    case Failure::kTlsVerification:
    case Failure::kConnectionLost:
      return true;
    default:
      return false;
  }
}

}  // namespace

UpstreamHealth::UpstreamHealth(std::size_t upstreams, Listener on_change)
    : failures_(std::make_unique<std::atomic<int>[]>(upstreams)),
      on_change_(std::move(on_change)) {}

void UpstreamHealth::Report(std::size_t upstream, Failure failure) {
  std::atomic<int>& failures = failures_[upstream];
  if (failure == Failure::kNone) {
    // Read first: this is the path of every good call, on every core.
    if (failures.load(std::memory_order_relaxed) == 0) return;
    if (failures.exchange(0) >= kFailuresUntilUnreachable) on_change_(upstream);
  } else if (SpeaksOfUpstream(failure)) {
    if (failures.fetch_add(1) + 1 == kFailuresUntilUnreachable) on_change_(upstream);
  }
}

void UpstreamHealth::TakeOver(std::size_t upstream, const UpstreamHealth& other,
                              std::size_t known) {
  failures_[upstream].store(other.failures_[known].load());
}

bool UpstreamHealth::reachable(std::size_t upstream) const {
  return failures_[upstream].load() < kFailuresUntilUnreachable;
}

}  // namespace portico::upstream
