#include "gateway/rest/caller_timeout.h"

#include <algorithm>
#include <optional>
#include <string>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace portico::rest {
namespace {

std::optional<absl::Duration> Unit(char unit) {
  switch (unit) {
    case 'H':
      return absl::Hours(1);
    case 'M':
      return absl::Minutes(1);
    case 'S':
      return absl::Seconds(1);
    case 'm':
      return absl::Milliseconds(1);
    case 'u':
      return absl::Microseconds(1);
    case 'n':
      return absl::Nanoseconds(1);
    default:
      return std::nullopt;
  }
}

std::optional<absl::Duration> ReadGrpcTimeout(absl::string_view text) {
  if (text.size() < 2 || text.size() > 9) return std::nullopt;
  const absl::string_view digits = text.substr(0, text.size() - 1);
  int count = 0;
  const auto unit = Unit(text.back());
  if (!unit.has_value() || digits.find_first_not_of("0123456789") != absl::string_view::npos ||
      !absl::SimpleAtoi(digits, &count)) {
    return std::nullopt;
  }
  return count * *unit;
}

std::optional<absl::Duration> ReadSeconds(absl::string_view text) {
  absl::Duration duration;
  double seconds = 0;
  if (absl::SimpleAtod(text, &seconds)) {
    duration = absl::Seconds(seconds);
  } else if (!absl::ParseDuration(text, &duration)) {
    return std::nullopt;
  }
  // Not a number compares false.
  if (!(duration >= absl::ZeroDuration()) || seconds != seconds) return std::nullopt;
  return duration;
}

}  // namespace

absl::StatusOr<absl::Duration> CallerTimeout(const http::RequestHead& head) {
  absl::Duration timeout = absl::InfiniteDuration();
  if (const absl::string_view* text = head.Find("grpc-timeout")) {
    const auto read = ReadGrpcTimeout(*text);
    if (!read.has_value()) {
      return absl::InvalidArgumentError(
          absl::StrCat("Grpc-Timeout: \"", *text,
                       "\" is not up to 8 digits and a unit (H, M, S, m, u or n), like 500m"));
    }
    timeout = *read;
  }
  if (const absl::string_view* text = head.Find("x-request-timeout")) {
    const auto read = ReadSeconds(*text);
    if (!read.has_value()) {
      return absl::InvalidArgumentError(
          absl::StrCat("X-Request-Timeout: \"", *text,
                       "\" is not a time to wait, like 2.5 (seconds) or 1500ms"));
    }
    timeout = std::min(timeout, *read);
  }
  return timeout;
}

}  // namespace portico::rest
