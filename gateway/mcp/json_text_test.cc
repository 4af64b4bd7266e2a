#include "gateway/mcp/json_text.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "core/codec/json_syntax.h"

namespace portico::mcp {
namespace {

TEST(QuotedJsonTest, EscapesAndReplacesWhatIsNotUtf8) {
  EXPECT_EQ(QuotedJson("a\"\\\n\x01ü"), "\"a\\\"\\\\\\n\\u0001ü\"");
  EXPECT_EQ(QuotedJson("a\xFFz"), "\"a\xEF\xBF\xBDz\"");
}

TEST(QuotedJsonTest, FitsALimitOfEscapedBytes) {
  EXPECT_EQ(QuotedJson("abc", 5), "\"abc\"");
  EXPECT_EQ(QuotedJson("abcd", 5), "\"abc\"");
  EXPECT_EQ(QuotedJson(std::string(9, '\0'), 15), "\"\\u0000\\u0000\"");
  EXPECT_EQ(QuotedJson("ääää", 8), "\"äää\"");
}

TEST(CompactJsonTest, KeepsTheSpellingOfTokens) {
  EXPECT_EQ(CompactJson(" {\"a b\" : [ 1.0e+2,\n-0 , \"x \\\" y\\u00e4\" ] } "),
            "{\"a b\":[1.0e+2,-0,\"x \\\" y\\u00e4\"]}");
  EXPECT_EQ(CompactJson("{\"a\":}"), std::nullopt);
  EXPECT_EQ(CompactJson(""), std::nullopt);
}

TEST(HasMemberTest, LooksAtTheOutermostObjectOnly) {
  EXPECT_TRUE(HasMember(R"({"a":{"b":1},"c":"b"})", "c"));
  EXPECT_FALSE(HasMember(R"({"a":{"b":1},"c":"b"})", "b"));
}

TEST(CutJsonTest, LeavesWhatFits) { EXPECT_EQ(CutJson(R"({"a":1})", 7), R"({"a":1})"); }

TEST(CutJsonTest, DropsWholeElementsOfTheOutermostListThatIsLong) {
  EXPECT_EQ(CutJson(R"({"tasks":[{"id":1,"x":2},{"id":2,"x":2},{"id":3,"x":2}],"n":3})", 50),
            R"({"tasks":[{"id":1,"x":2},{"id":2,"x":2}]})");
}

TEST(CutJsonTest, CutsInsideWhenTheFirstElementIsAlreadyTooLong) {
  EXPECT_EQ(CutJson(R"({"tasks":[{"id":1,"x":[11,22,33,44,55,66,77,88]}]})", 40),
            R"({"tasks":[{"id":1,"x":[11,22,33,44]}]})");
}

TEST(CutJsonTest, CutsALongTextBetweenCharacters) {
  EXPECT_EQ(CutJson(R"({"a":"ääääääääääääääää"})", 20), "{\"a\":\"ääää…\"}");
  EXPECT_EQ(CutJson(R"({"a":"xx\u00e4\u00e4\u00e4"})", 20), "{\"a\":\"xx\\u00e4…\"}");
}

TEST(CutJsonTest, IsAlwaysJsonWithinTheLimit) {
  const std::string text =
      R"({"a":[[["äö\n\u00e4",{"b":"\\\"x"}],true],-1.5e9],"key":{"k":{"l":[]},"m":"zzzzzzzzzz"}})";
  for (std::size_t limit = 2; limit <= text.size(); ++limit) {
    const std::string cut = CutJson(text, limit);
    EXPECT_LE(cut.size(), limit) << cut;
    EXPECT_FALSE(codec::FindJsonSyntaxError(cut).has_value()) << limit << ": " << cut;
  }
}

}  // namespace
}  // namespace portico::mcp
