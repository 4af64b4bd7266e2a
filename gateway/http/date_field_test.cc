#include "gateway/http/date_field.h"

#include <gtest/gtest.h>

namespace portico::http {
namespace {

TEST(DateFieldTest, IsTheFixedFormOfHttp) {
  DateField date;
  EXPECT_EQ(date.At(784111777), "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n");
}

TEST(DateFieldTest, FollowsTheSecondsBothWays) {
  DateField date;
  EXPECT_EQ(date.At(784111777), "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n");
  EXPECT_EQ(date.At(784111778), "Date: Sun, 06 Nov 1994 08:49:38 GMT\r\n");
  EXPECT_EQ(date.At(0), "Date: Thu, 01 Jan 1970 00:00:00 GMT\r\n");
}

}  // namespace
}  // namespace portico::http
