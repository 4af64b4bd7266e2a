#include "gateway/mcp/rate_limiter.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"

namespace portico::mcp {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);

int CallsThatGoOn(RateLimiter& limiter, absl::string_view key, int tried, absl::Time now) {
  int gone = 0;
  for (int i = 0; i < tried; ++i) gone += limiter.Take(key, now) == absl::ZeroDuration() ? 1 : 0;
  return gone;
}

TEST(RateLimiterTest, TwiceTheRateGoesAtOnceAndThenTheRate) {
  RateLimiter limiter(10);
  EXPECT_EQ(CallsThatGoOn(limiter, "a", 50, kNow), 20);
  EXPECT_EQ(CallsThatGoOn(limiter, "a", 50, kNow + absl::Seconds(1)), 10);
  EXPECT_EQ(CallsThatGoOn(limiter, "a", 50, kNow + absl::Seconds(60)), 20);
}

TEST(RateLimiterTest, SaysHowLongUntilACallMayGo) {
  RateLimiter limiter(10);
  CallsThatGoOn(limiter, "a", 20, kNow);
  EXPECT_EQ(limiter.Take("a", kNow), absl::Milliseconds(100));
  EXPECT_EQ(limiter.Take("a", kNow + absl::Milliseconds(60)), absl::Milliseconds(40));
  EXPECT_EQ(limiter.Take("a", kNow + absl::Milliseconds(100)), absl::ZeroDuration());
}

TEST(RateLimiterTest, OneCallerDoesNotUseUpAnothers) {
  RateLimiter limiter(1);
  EXPECT_EQ(CallsThatGoOn(limiter, "a", 5, kNow), 2);
  EXPECT_EQ(CallsThatGoOn(limiter, "b", 5, kNow), 2);
}

TEST(RateLimiterTest, ZeroIsNoLimit) {
  RateLimiter limiter(0);
  EXPECT_EQ(CallsThatGoOn(limiter, "a", 100'000, kNow), 100'000);
  EXPECT_EQ(limiter.size(), 0);
}

// Whoever calls under ever new names fills no memory.
TEST(RateLimiterTest, KeysThatHaveRestedAreForgotten) {
  RateLimiter limiter(100);
  absl::Time now = kNow;
  for (int i = 0; i < 100'000; ++i) {
    limiter.Take(absl::StrCat("caller-", i), now);
    now += absl::Milliseconds(1);
  }
  EXPECT_LE(limiter.size(), 1024);
}

}  // namespace
}  // namespace portico::mcp
