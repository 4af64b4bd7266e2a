#include "core/codec/json_syntax.h"

#include <gtest/gtest.h>

#include <string>

namespace portico::codec {
namespace {

TEST(JsonSyntax, Rfc8259TextsPass) {
  for (const char* text :
       {"{}", "[]", "null", "true", "false", "0", "-1.5e+3", "\"\"", " [ 1 , 2 ] \r\n\t",
        R"({"a":{"b":[{},[],"x",1,true,null]},"a":2})", R"("\u0000\ud800\"\/")",
        "\"\xF0\x9F\x98\x80\"", "[[[[]]]]", "\"\x7F\""}) {
    EXPECT_FALSE(FindJsonSyntaxError(text).has_value()) << text;
  }
}

TEST(JsonSyntax, TheErrorsPlaceIsTheFirstByteThatCannotStandThere) {
  const struct {
    std::string text;
    std::size_t offset;
  } rows[] = {
      {"", 0},
      {"  ", 2},
      {"{", 1},
      {"[1,]", 3},
      {"[,1]", 1},
      {"[1 2]", 3},
      {"[1}", 2},
      {"{\"a\":1,}", 7},
      {"{\"a\"}", 4},
      {"{\"a\" 1}", 5},
      {"{a:1}", 1},
      {"{'a':1}", 1},
      {"{\"a\":1} x", 8},
      {"{}{}", 2},
      {"tru", 3},
      {"True", 0},
      {"nulll", 4},
      {"[1.]", 1},
      {"[01]", 1},
      {"[-]", 1},
      {"[NaN]", 1},
      {"\"abc", 4},
      {"\"a\nb\"", 2},
      {"\"a\\qb\"", 2},
      {"\"a\\u12\"", 2},
      {"\"\\", 1},
      {"\"a\xFF\"", 2},
      {"\"\xC0\x80\"", 1},
      {"\"\xED\xA0\x80\"", 1},
      {"\xEF\xBB\xBF{}", 0},  // a byte order mark
      {"[1]\f", 3},
      {std::string("[1\0]", 4), 2},
      {"/* c */ 1", 0},
  };
  for (const auto& row : rows) {
    const auto error = FindJsonSyntaxError(row.text);
    ASSERT_TRUE(error.has_value()) << testing::PrintToString(row.text);
    EXPECT_EQ(error->offset, row.offset) << testing::PrintToString(row.text) << error->what;
    EXPECT_STRNE(error->what, "");
  }
}

TEST(JsonSyntax, NestingHasNoLimit) {
  for (const int depth : {63, 64, 65, 127, 128, 129, 1000000}) {
    std::string text;
    for (int i = 0; i < depth; ++i) text += i % 3 == 0 ? "{\"a\":" : "[";
    text += "1";
    for (int i = depth - 1; i >= 0; --i) text += i % 3 == 0 ? "}" : "]";
    EXPECT_FALSE(FindJsonSyntaxError(text).has_value()) << depth;
    const std::size_t middle = text.size() - depth / 2 - 1;
    text[middle] = text[middle] == '}' ? ']' : '}';
    const auto error = FindJsonSyntaxError(text);
    ASSERT_TRUE(error.has_value()) << depth;
    EXPECT_EQ(error->offset, middle) << depth;
  }
}

TEST(JsonSyntax, TrimmingTakesJsonsWhiteSpaceOnly) {
  EXPECT_EQ(TrimJsonSpace(" \t\r\n{ }\n"), "{ }");
  EXPECT_EQ(TrimJsonSpace("\f1\v"), "\f1\v");
  EXPECT_EQ(TrimJsonSpace("  "), "");
}

}  // namespace
}  // namespace portico::codec
