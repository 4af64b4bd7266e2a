#include "gateway/mcp/json_view.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace portico::mcp {
namespace {

TEST(JsonViewTest, MembersAreTheirOwnBytes) {
  const absl::string_view object =
      R"( {"a" : {"x":"}\"]", "n":[1,{"y":2}]} ,"b":1e400,"c":"\u00e9","d":null, "e":[]} )";
  EXPECT_EQ(Member(object, "a"), R"({"x":"}\"]", "n":[1,{"y":2}]})");
  EXPECT_EQ(Member(object, "b"), "1e400");
  EXPECT_EQ(Member(object, "c"), R"("\u00e9")");
  EXPECT_EQ(Member(object, "d"), "null");
  EXPECT_EQ(Member(object, "e"), "[]");
  EXPECT_EQ(Member(object, "x"), "");
  EXPECT_EQ(Member(Member(object, "a"), "n"), R"([1,{"y":2}])");
}

TEST(JsonViewTest, TheLastOfSeveralMembersCounts) {
  EXPECT_EQ(Member(R"({"a":1,"\u0061":2})", "a"), "2");
}

TEST(JsonViewTest, WhatIsNoObjectHasNoMembers) {
  for (const char* text : {"", "1", "[]", "\"a\"", "{}"}) EXPECT_EQ(Member(text, "a"), "") << text;
}

TEST(JsonViewTest, ElementsComeInOrder) {
  std::vector<std::string> elements;
  ForEachElement(R"([ 1 , "a,]" ,[2,3], {} ])",
                 [&](absl::string_view element) { elements.emplace_back(element); });
  EXPECT_THAT(elements, testing::ElementsAre("1", "\"a,]\"", "[2,3]", "{}"));
}

TEST(JsonViewTest, StringsAreReadAndAnythingElseIsNone) {
  EXPECT_EQ(StringOf(R"("a\n\u00e9\ud83d\ude00")"), "a\n\xC3\xA9\xF0\x9F\x98\x80");
  EXPECT_EQ(StringOf("\"\""), "");
  EXPECT_EQ(StringOf(R"("\ud83d")"), std::nullopt);
  EXPECT_EQ(StringOf("1"), std::nullopt);
  EXPECT_EQ(StringOf(""), std::nullopt);
}

TEST(JsonViewTest, IntegersAreOfAnySize) {
  EXPECT_TRUE(IsInteger("-123456789012345678901234567890"));
  for (const char* text : {"", "-", "1.0", "1e2", "null", "\"1\""}) EXPECT_FALSE(IsInteger(text));
}

TEST(JsonViewTest, DepthCountsWhatIsOpenAtOnce) {
  EXPECT_EQ(DepthOf("1"), 0u);
  EXPECT_EQ(DepthOf(R"({"a":"[[[[","b":[[],[]]})"), 3u);
}

TEST(JsonViewTest, QuotedIsAlwaysJson) {
  EXPECT_EQ(Quoted("a\"\\\n\x01\xC3\xA9\xFF"), "\"a\\\"\\\\\\u000a\\u0001\xC3\xA9\xEF\xBF\xBD\"");
}

}  // namespace
}  // namespace portico::mcp
