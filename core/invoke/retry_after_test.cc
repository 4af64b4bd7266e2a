#include "core/invoke/retry_after.h"

#include <gtest/gtest.h>

namespace portico::invoke {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1'795'300'923);  // Sat, 21 Nov 2026 22:42:03 GMT

std::optional<absl::Duration> After(const std::string& name, const std::string& value) {
  return RetryAfter({429, {{name, value}}}, kNow);
}

TEST(RetryAfterTest, ReadsSeconds) {
  EXPECT_EQ(After("Retry-After", "10"), absl::Seconds(10));
  EXPECT_EQ(After("retry-after", " 0 "), absl::ZeroDuration());
}

TEST(RetryAfterTest, ReadsTheThreeHttpDateForms) {
  EXPECT_EQ(After("Retry-After", "Sat, 21 Nov 2026 22:43:03 GMT"), absl::Seconds(60));
  EXPECT_EQ(After("Retry-After", "Saturday, 21-Nov-26 22:43:03 GMT"), absl::Seconds(60));
  EXPECT_EQ(After("Retry-After", "Sat Nov 21 22:43:03 2026"), absl::Seconds(60));
}

TEST(RetryAfterTest, NeverGoesBackInTime) {
  EXPECT_EQ(After("Retry-After", "Sat, 21 Nov 2026 22:00:00 GMT"), absl::ZeroDuration());
}

TEST(RetryAfterTest, IsAtMostADay) {
  EXPECT_EQ(After("Retry-After", "99999999999999999999999"), absl::Hours(24));
}

TEST(RetryAfterTest, IllegibleValuesAreNoAnswer) {
  for (const char* value : {"", "soon", "-5", "+5", "1.5", "0x10"}) {
    EXPECT_EQ(After("Retry-After", value), std::nullopt) << value;
  }
}

TEST(RetryAfterTest, FallsBackToTheRateLimitReset) {
  EXPECT_EQ(After("X-RateLimit-Reset", "1795300933"), absl::Seconds(10)) << "as Backstage sends it";
  EXPECT_EQ(After("X-RateLimit-Reset", "30"), absl::Seconds(30));
}

TEST(RetryAfterTest, RetryAfterBeatsTheRateLimitReset) {
  EXPECT_EQ(RetryAfter({429, {{"X-RateLimit-Reset", "99"}, {"Retry-After", "7"}}}, kNow),
            absl::Seconds(7));
}

TEST(RetryAfterTest, AbsentHeadersAreNoAnswer) {
  EXPECT_EQ(RetryAfter({503, {}}, kNow), std::nullopt);
}

}  // namespace
}  // namespace portico::invoke
