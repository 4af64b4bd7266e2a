// How often each caller may call each tool (2026-07-28, server/tools, "Security
// Considerations": a server must rate limit tool invocations).
//
// A leaky bucket for each key, by the generic cell rate algorithm (ITU-T I.371, annex A):
// one time is kept, of when the key will have been silent long enough to count as new.
//
// Any thread.
#ifndef PORTICO_GATEWAY_MCP_RATE_LIMITER_H_
#define PORTICO_GATEWAY_MCP_RATE_LIMITER_H_

#include <cstddef>
#include <mutex>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace portico::mcp {

class RateLimiter {
 public:
  // `per_second`: of one key in the long run, and twice as many at once after a
  // silence; 0: no limit.
  explicit RateLimiter(std::size_t per_second)
      : interval_(per_second == 0 ? absl::ZeroDuration()
                                  : absl::Seconds(1) / static_cast<double>(per_second)),
        patience_(interval_ * (2 * static_cast<double>(per_second) - 1)) {}

  // Zero when the call may go on, and it counts. Otherwise how long until one may.
  absl::Duration Take(absl::string_view key, absl::Time now);

  // Keys that are not forgotten yet; for tests.
  std::size_t size() const;

 private:
  void Forget(absl::Time now);

  const absl::Duration interval_;
  const absl::Duration patience_;
  mutable std::mutex mutex_;
  // When each key counts as new. Guarded by mutex_, like all below.
  absl::flat_hash_map<std::string, absl::Time> rested_;
  std::size_t forget_at_ = 1024;  // so many keys: look for those that have rested
};

}  // namespace portico::mcp

#endif  // PORTICO_GATEWAY_MCP_RATE_LIMITER_H_
