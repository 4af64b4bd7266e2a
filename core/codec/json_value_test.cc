#include "core/codec/json_value.h"

#include <gtest/gtest.h>

#include <string>

namespace portico::codec {
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

TEST(JsonValueTest, RefusesMoreValuesThanAllowed) {
  EXPECT_TRUE(ParseJson("[1,[2]]", 4).has_value());
  EXPECT_FALSE(ParseJson("[1,[2]]", 3).has_value());
}

TEST(JsonValueTest, IsBuiltByHandToo) {
  JsonValue object = JsonValue::Object();
  object.Add("a\"", JsonValue::String("\n"));
  object.Add("b", JsonValue::Array());
  EXPECT_EQ(WriteJson(object), R"({"a\"":"\n","b":[]})");
}

}  // namespace
}  // namespace portico::codec
