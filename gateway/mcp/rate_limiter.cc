#include "gateway/mcp/rate_limiter.h"

#include <algorithm>

namespace portico::mcp {

absl::Duration RateLimiter::Take(absl::string_view key, absl::Time now) {
  if (interval_ == absl::ZeroDuration()) return absl::ZeroDuration();
  const std::lock_guard<std::mutex> lock(mutex_);
  if (rested_.size() >= forget_at_) Forget(now);
  absl::Time& rested = rested_[key];
  const absl::Time from = std::max(rested, now);
  const absl::Duration wait = from - patience_ - now;
  if (wait > absl::ZeroDuration()) return wait;
  rested = from + interval_;
  return absl::ZeroDuration();
}

std::size_t RateLimiter::size() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return rested_.size();
}

// Each call pays for the look at one key or two, and no key is kept for longer than its
// bucket takes to empty, but for the first thousand.
void RateLimiter::Forget(absl::Time now) {
  absl::erase_if(rested_, [now](const auto& entry) { return entry.second <= now; });
  forget_at_ = std::max<std::size_t>(1024, 2 * rested_.size());
}

}  // namespace portico::mcp
