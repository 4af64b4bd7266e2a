#include "demo/json.h"

#include <gtest/gtest.h>

namespace portico::demo {
namespace {

TEST(Json, KeepsTheOrderOfKeys) {
  const auto value = ParseJson(R"({"b":1,"a":{"z":2,"y":3}})");
  ASSERT_TRUE(value.ok());
  EXPECT_EQ(Dump(*value), R"({"b":1,"a":{"z":2,"y":3}})");
}

TEST(Json, NamesATruncatedTextAsNodeDoes) {
  EXPECT_EQ(ParseJson("{\"templateRef\":").status().message(), "Unexpected end of JSON input");
}

TEST(Json, NamesAWrongTokenAsNodeDoes) {
  EXPECT_EQ(ParseJson("hello").status().message(),
            "Unexpected token 'h', \"hello\" is not valid JSON");
}

TEST(Json, RefusesDepthThatWouldEndTheStack) {
  EXPECT_TRUE(ParseJson(std::string(200, '[') + std::string(200, ']')).ok());
  EXPECT_FALSE(ParseJson(std::string(201, '[') + std::string(201, ']')).ok());
  EXPECT_FALSE(ParseJson(std::string(1000000, '[')).ok());
  EXPECT_TRUE(ParseJson("\"" + std::string(1000, '[') + "\"").ok()) << "brackets in a string";
}

TEST(Json, RefusesANumberOutOfRange) { EXPECT_FALSE(ParseJson("1e999").ok()); }

TEST(Json, WritesControlCharactersAsNodeDoes) { EXPECT_EQ(Quote("\x1b[32m"), R"("\u001b[32m")"); }

TEST(Json, WritesAnObjectOfOneObjectAsAnObject) {
  // Brace initialisation could as well mean an array.
  const Json errors = Json::array({1});
  EXPECT_EQ(Dump({{"errors", errors}}), R"({"errors":[1]})");
}

}  // namespace
}  // namespace portico::demo
