#include "gateway/http/request_head.h"

#include <gtest/gtest.h>

namespace portico::http {
namespace {

TEST(RequestHeadTest, FindsTheFirstFieldOfANameInAnyCase) {
  RequestHead head;
  head.fields = {{"Host", "a"}, {"X-Tag", "one"}, {"x-tag", "two"}, {"X-Empty", ""}};
  ASSERT_NE(head.Find("x-TAG"), nullptr);
  EXPECT_EQ(*head.Find("x-TAG"), "one");
  ASSERT_NE(head.Find("x-empty"), nullptr);
  EXPECT_EQ(*head.Find("x-empty"), "");
}

TEST(RequestHeadTest, TellsAnAbsentFieldFromAnEmptyOne) {
  RequestHead head;
  head.fields = {{"X-Tag", "one"}};
  EXPECT_EQ(head.Find("X-Ta"), nullptr);
  EXPECT_EQ(head.Find(""), nullptr);
}

}  // namespace
}  // namespace portico::http
