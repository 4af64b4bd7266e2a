#include "gateway/rest/caller_timeout.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace portico::rest {
namespace {

absl::StatusOr<absl::Duration> Of(std::vector<http::RequestField> fields) {
  http::RequestHead head;
  head.fields = std::move(fields);
  return CallerTimeout(head);
}

TEST(CallerTimeoutTest, NoFieldIsNoLimit) { EXPECT_EQ(*Of({}), absl::InfiniteDuration()); }

TEST(CallerTimeoutTest, ReadsEveryUnitOfGrpc) {
  EXPECT_EQ(*Of({{"Grpc-Timeout", "2H"}}), absl::Hours(2));
  EXPECT_EQ(*Of({{"grpc-timeout", "3M"}}), absl::Minutes(3));
  EXPECT_EQ(*Of({{"grpc-timeout", "10S"}}), absl::Seconds(10));
  EXPECT_EQ(*Of({{"grpc-timeout", "500m"}}), absl::Milliseconds(500));
  EXPECT_EQ(*Of({{"grpc-timeout", "99999999u"}}), absl::Microseconds(99999999));
  EXPECT_EQ(*Of({{"grpc-timeout", "0n"}}), absl::ZeroDuration());
}

TEST(CallerTimeoutTest, ReadsSecondsAndUnits) {
  EXPECT_EQ(*Of({{"X-Request-Timeout", "2.5"}}), absl::Milliseconds(2500));
  EXPECT_EQ(*Of({{"X-Request-Timeout", "1500ms"}}), absl::Milliseconds(1500));
  EXPECT_EQ(*Of({{"X-Request-Timeout", "1m30s"}}), absl::Seconds(90));
}

TEST(CallerTimeoutTest, TheShorterOfTwoCounts) {
  EXPECT_EQ(*Of({{"grpc-timeout", "5S"}, {"x-request-timeout", "3"}}), absl::Seconds(3));
  EXPECT_EQ(*Of({{"grpc-timeout", "2S"}, {"x-request-timeout", "3"}}), absl::Seconds(2));
}

TEST(CallerTimeoutTest, NamesTheFieldThatCannotBeRead) {
  for (const char* text : {"", "S", "5", "123456789S", "-1S", "1.5S", "5x", "+5S"}) {
    const auto timeout = Of({{"grpc-timeout", text}});
    ASSERT_FALSE(timeout.ok()) << text;
    EXPECT_THAT(std::string(timeout.status().message()), testing::HasSubstr("Grpc-Timeout"));
  }
  for (const char* text : {"", "soon", "-1", "nan", "5 apples"}) {
    const auto timeout = Of({{"x-request-timeout", text}});
    ASSERT_FALSE(timeout.ok()) << text;
    EXPECT_THAT(std::string(timeout.status().message()), testing::HasSubstr("X-Request-Timeout"));
  }
}

}  // namespace
}  // namespace portico::rest
