// When an upstream allows the next attempt, from its response headers.
#ifndef PORTICO_CORE_INVOKE_RETRY_AFTER_H_
#define PORTICO_CORE_INVOKE_RETRY_AFTER_H_

#include <optional>

#include "absl/time/time.h"
#include "core/upstream/upstream_client.h"

namespace portico::invoke {

// `Retry-After` in seconds or as an HTTP date (RFC 9110, 10.2.3), else
// `X-RateLimit-Reset` as Unix seconds, or as seconds to wait when it is too
// small to be a date. Never negative, at most a day; nullopt when neither is
// there or legible.
std::optional<absl::Duration> RetryAfter(const upstream::ResponseHead& head, absl::Time now);

}  // namespace portico::invoke

#endif  // PORTICO_CORE_INVOKE_RETRY_AFTER_H_
