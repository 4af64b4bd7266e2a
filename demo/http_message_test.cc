#include "demo/http_message.h"

#include <gtest/gtest.h>

namespace portico::demo {
namespace {

TEST(HttpMessage, SplitsTheTargetAtTheFirstQuestionMark) {
  Request request;
  request.target = "/a/b?c=d?e";
  EXPECT_EQ(request.path(), "/a/b");
  EXPECT_EQ(request.query(), "c=d?e");
  request.target = "/a";
  EXPECT_EQ(request.query(), "");
}

TEST(HttpMessage, FindsTheBearerTokenWhateverTheCase) {
  Request request;
  EXPECT_FALSE(BearerToken(request).has_value());
  request.authorization = "Basic YTpi";
  EXPECT_FALSE(BearerToken(request).has_value());
  request.authorization = "bearer  abc";
  EXPECT_EQ(BearerToken(request), "abc");
}

TEST(HttpMessage, DecodesEscapesOnceAndRefusesBrokenOnes) {
  EXPECT_EQ(PercentDecode("a%2Fb%252F+"), "a/b%2F+");
  for (const char* text : {"%", "%4", "%zz", "%E0%A4%A", "%FF"}) {
    EXPECT_FALSE(PercentDecode(text).has_value()) << text;
  }
}

TEST(HttpMessage, LeavesOutEmptySegmentsAtTheEndOnly) {
  EXPECT_EQ(PathSegments("/a/b/"), (std::vector<absl::string_view>{"a", "b"}));
  EXPECT_EQ(PathSegments("/a//b"), (std::vector<absl::string_view>{"a", "", "b"}));
  EXPECT_TRUE(PathSegments("/").empty());
}

TEST(HttpMessage, KeepsRepeatedQueryParametersInOrder) {
  const Query query = ParseQuery("a=1&b=x%20y+z&a=2&c");
  EXPECT_EQ(QueryValues(query, "a"), (std::vector<std::string>{"1", "2"}));
  EXPECT_EQ(QueryValues(query, "b"), std::vector<std::string>{"x y z"});
  EXPECT_EQ(QueryValues(query, "c"), std::vector<std::string>{""});
  EXPECT_TRUE(QueryValues(query, "d").empty());
}

}  // namespace
}  // namespace portico::demo
