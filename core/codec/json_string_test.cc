#include "core/codec/json_string.h"

#include <gtest/gtest.h>

#include <cstring>
#include <string>

namespace portico::codec {
namespace {

TEST(JsonString, EscapesStandForTheirText) {
  const struct {
    std::string raw, text;
  } rows[] = {
      {"", ""},
      {"plain", "plain"},
      {R"(\"\\\/\b\f\n\r\t)", "\"\\/\b\f\n\r\t"},
      {R"(a\u0041\u00e9\u20AC!)", "aA\xC3\xA9\xE2\x82\xAC!"},
      {R"(\ud83d\ude00)", "\xF0\x9F\x98\x80"},
      {R"(\uDBFF\uDFFF)", "\xF4\x8F\xBF\xBF"},
      {R"(\u0000)", std::string(1, '\0')},
      {"\xC3\xA9\\n", "\xC3\xA9\n"},
  };
  for (const auto& row : rows) {
    std::string out(row.raw.size() + 1, '#');
    std::size_t size = 0;
    ASSERT_EQ(Unescape(row.raw, out.data(), &size), Unescaped::kDone) << row.raw;
    EXPECT_EQ(out.substr(0, size), row.text);
    EXPECT_EQ(out.back(), '#') << "wrote more than the raw text's size";
    EXPECT_TRUE(EscapesAreValid(row.raw));
  }
}

TEST(JsonString, LoneSurrogatesAreJsonButNotUtf8) {
  for (const char* raw : {R"(\ud800)", R"(\udc00)", R"(\ud800x)", R"(\ud800\n)", R"(\ud800\u0041)",
                          R"(\ud800\ud800)", R"(a\udfff)"}) {
    std::string out(std::strlen(raw), '#');
    std::size_t size;
    EXPECT_EQ(Unescape(raw, out.data(), &size), Unescaped::kLoneSurrogate) << raw;
    EXPECT_TRUE(EscapesAreValid(raw)) << raw;
  }
}

TEST(JsonString, OtherEscapesAreInvalid) {
  for (const char* raw : {R"(\)", R"(\x41)", R"(\u)", R"(\u12)", R"(\u12g4)", R"(\U0041)", R"(\')",
                          R"(\0)", R"(\ud800\u12)", R"(ok\n\q)"}) {
    std::string out(std::strlen(raw), '#');
    std::size_t size;
    EXPECT_EQ(Unescape(raw, out.data(), &size), Unescaped::kInvalid) << raw;
    EXPECT_FALSE(EscapesAreValid(raw)) << raw;
  }
}

TEST(JsonString, Utf8LengthFollowsRfc3629) {
  const struct {
    std::string text;
    std::size_t length;
  } rows[] = {
      {"a", 1},
      {"\x7F", 1},
      {"\xC2\x80", 2},
      {"\xDF\xBF", 2},
      {"\xE0\xA0\x80", 3},
      {"\xED\x9F\xBF", 3},
      {"\xEF\xBF\xBF", 3},
      {"\xF0\x90\x80\x80", 4},
      {"\xF4\x8F\xBF\xBF", 4},
      {"\x80", 0},              // no lead
      {"\xC0\x80", 0},          // overlong
      {"\xC1\xBF", 0},          // overlong
      {"\xE0\x9F\xBF", 0},      // overlong
      {"\xF0\x8F\xBF\xBF", 0},  // overlong
      {"\xED\xA0\x80", 0},      // surrogate
      {"\xF4\x90\x80\x80", 0},  // beyond U+10FFFF
      {"\xF5\x80\x80\x80", 0},
      {"\xFF", 0},
      {"\xC2", 0},  // cut off
      {"\xE2\x82", 0},
      {"\xF0\x9F\x98", 0},
      {"\xC2\x41", 0},
      {"\xE2\x82\x41", 0},
  };
  for (const auto& row : rows) {
    const char* const p = row.text.data();
    EXPECT_EQ(Utf8Length(p, p + row.text.size()), row.length) << testing::PrintToString(row.text);
    EXPECT_EQ(IsUtf8(row.text), row.length != 0) << testing::PrintToString(row.text);
  }
}

}  // namespace
}  // namespace portico::codec
