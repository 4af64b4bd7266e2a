#include "gateway/mcp/json_value.h"

#include <gtest/gtest.h>

#include <string>

namespace portico::mcp {
namespace {

TEST(JsonValueTest, NumbersKeepTheirSpelling) {
  const std::string text =
      "[123456789012345678901234567890,1.0,-0,-1,1E+2,1e999,18446744073709551616]";
  EXPECT_EQ(WriteJson(*ParseJson(text)), text);
}

TEST(JsonValueTest, MembersKeepTheirOrderAndTheirDuplicates) {
  EXPECT_EQ(WriteJson(*ParseJson(" [ 1 , { \"a\\u00e4\" : [ ] } ] ")), "[1,{\"aä\":[]}]");
  const std::string text = R"({"b":null,"a":{"x":[true,false]},"b":"ü\n"})";
  EXPECT_EQ(WriteJson(*ParseJson(text)), text);
}

TEST(JsonValueTest, RefusesWhatIsNotJson) {
  for (const char* text : {"", "{", "[1,]", "{} {}", "\"\xFF\"", R"("\ud800")", "nul"}) {
    EXPECT_FALSE(ParseJson(text).has_value()) << text;
  }
}

TEST(JsonValueTest, RefusesMoreThanAHundredLevels) {
  const auto nested = [](int depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  EXPECT_TRUE(ParseJson(nested(100)).has_value());
  EXPECT_FALSE(ParseJson(nested(101)).has_value());
  EXPECT_FALSE(ParseJson(std::string(100'000, '[')).has_value());
}

TEST(JsonValueTest, DescribesAValueInALine) {
  EXPECT_EQ(Described(*ParseJson("\"a\\n\"")), "the string \"a\\n\"");
  EXPECT_EQ(Described(*ParseJson("{}")), "an object");
  EXPECT_LT(Described(*ParseJson('"' + std::string(1000, 'x') + '"')).size(), 100u);
}

}  // namespace
}  // namespace portico::mcp
