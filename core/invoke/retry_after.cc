#include "core/invoke/retry_after.h"

#include <algorithm>
#include <cstdint>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/string_view.h"

namespace portico::invoke {
namespace {

// Smaller numbers in X-RateLimit-Reset are seconds to wait, larger ones a date
// (this one is in 2001).
constexpr std::int64_t kSmallestUnixTime = 1'000'000'000;

absl::Duration Clamp(absl::Duration wait) {
  return std::clamp(wait, absl::ZeroDuration(), absl::Hours(24));
}

// Digits only: SimpleAtoi would also take a sign.
std::optional<std::int64_t> Seconds(absl::string_view text) {
  if (text.empty() || !std::all_of(text.begin(), text.end(), absl::ascii_isdigit)) return {};
  std::int64_t seconds = 0;
  // More digits than fit are still a number: a very long wait.
  return absl::SimpleAtoi(text, &seconds) ? seconds : std::int64_t{1} << 40;
}

// The three date forms that RFC 9110, 5.6.7 makes a recipient accept.
std::optional<absl::Time> HttpDate(absl::string_view text) {
  for (const char* format :
       {"%a, %d %b %Y %H:%M:%S GMT", "%A, %d-%b-%y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y"}) {
    absl::Time time;
    if (absl::ParseTime(format, text, &time, nullptr)) return time;
  }
  return {};
}

}  // namespace

std::optional<absl::Duration> RetryAfter(const upstream::ResponseHead& head, absl::Time now) {
  if (const std::string* value = head.Find("retry-after")) {
    const absl::string_view text = absl::StripAsciiWhitespace(*value);
    if (auto seconds = Seconds(text)) return Clamp(absl::Seconds(*seconds));
    if (auto date = HttpDate(text)) return Clamp(*date - now);
  }
  if (const std::string* value = head.Find("x-ratelimit-reset")) {
    if (auto seconds = Seconds(absl::StripAsciiWhitespace(*value))) {
      if (*seconds < kSmallestUnixTime) return Clamp(absl::Seconds(*seconds));
      return Clamp(absl::FromUnixSeconds(*seconds) - now);
    }
  }
  return {};
}

}  // namespace portico::invoke
