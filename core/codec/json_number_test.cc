#include "core/codec/json_number.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <string>

namespace portico::codec {
namespace {

std::string Double(double value) {
  char text[kMaxNumberSize];
  return std::string(text, WriteDouble(value, text));
}

TEST(JsonNumber, DoublesAreSpelledAsEcmaScriptSpellsThem) {
  const struct {
    double value;
    const char* text;
  } rows[] = {
      {0, "0"},
      {-0.0, "-0"},  // but for this one
      {1, "1"},
      {-13, "-13"},
      {1.5, "1.5"},
      {0.1, "0.1"},
      {-0.25, "-0.25"},
      {0.000001, "0.000001"},
      {0.0000015, "0.0000015"},
      {0.0000001, "1e-7"},
      {1.5e-7, "1.5e-7"},
      {123456.789, "123456.789"},
      {9007199254740991, "9007199254740991"},
      {9007199254740992, "9007199254740992"},
      {9007199254740994.0, "9007199254740994"},
      {1e20, "100000000000000000000"},
      {1e21, "1e+21"},
      {1.25e21, "1.25e+21"},
      {1152921504606846976.0, "1152921504606847000"},
      {5e-324, "5e-324"},
      {std::numeric_limits<double>::max(), "1.7976931348623157e+308"},
      {std::numeric_limits<double>::lowest(), "-1.7976931348623157e+308"},
  };
  for (const auto& row : rows) EXPECT_EQ(Double(row.value), row.text);
}

TEST(JsonNumber, EveryDoubleReadsBackAsItself) {
  std::mt19937_64 random(1);
  for (int i = 0; i < 200000; ++i) {
    const double value = std::bit_cast<double>(random());
    if (!std::isfinite(value)) continue;
    const std::string text = Double(value);
    ASSERT_LE(text.size(), kMaxNumberSize);
    ASSERT_TRUE(IsJsonNumber(text)) << text;
    double back;
    ASSERT_TRUE(ReadExactDouble(text, &back)) << text;
    ASSERT_EQ(std::bit_cast<std::uint64_t>(back), std::bit_cast<std::uint64_t>(value)) << text;
  }
}

TEST(JsonNumber, OtherSpellingsDoNotFitADouble) {
  double value;
  for (const char* lexeme : {"1.0",
                             "1.50",
                             "1e2",
                             "1E5",
                             "-0.0",
                             "0e0",
                             "9007199254740993",
                             "0.10",
                             "1e21",
                             "1e-07",
                             "1e400",
                             "-1e400",
                             "100000000000000000000000",
                             "3.14159265358979323846",
                             "18446744073709551616",
                             "",
                             "-",
                             "+1",
                             "01",
                             "1.",
                             ".5",
                             "0x1",
                             "nan",
                             "inf",
                             "-inf",
                             "infinity",
                             "1e",
                             "1 ",
                             "123456789012345678901234567890123456789012345678901234567890"}) {
    EXPECT_FALSE(ReadExactDouble(lexeme, &value)) << lexeme;
  }
}

TEST(JsonNumber, IntegersFitUpToTheirLimits) {
  std::int64_t i;
  std::uint64_t u;
  EXPECT_TRUE(ReadExactInt64("9223372036854775807", &i));
  EXPECT_EQ(i, std::numeric_limits<std::int64_t>::max());
  EXPECT_TRUE(ReadExactInt64("-9223372036854775808", &i));
  EXPECT_EQ(i, std::numeric_limits<std::int64_t>::min());
  EXPECT_TRUE(ReadExactUint64("18446744073709551615", &u));
  EXPECT_EQ(u, std::numeric_limits<std::uint64_t>::max());
  EXPECT_TRUE(ReadExactInt64("0", &i));
  EXPECT_EQ(i, 0);
  for (const char* lexeme : {"9223372036854775808", "-9223372036854775809", "-0", "00", "01", "1.0",
                             "1e2", "", "-", "+1", "1 ", "--1"}) {
    EXPECT_FALSE(ReadExactInt64(lexeme, &i)) << lexeme;
  }
  for (const char* lexeme : {"18446744073709551616", "-1", "-0", "01", "1.0", ""}) {
    EXPECT_FALSE(ReadExactUint64(lexeme, &u)) << lexeme;
  }
}

TEST(JsonNumber, TheGrammarIsThatOfRfc8259) {
  for (const char* lexeme : {"0", "-0", "10", "-1.5", "1e5", "1E+05", "0.0e-0", "123456789"}) {
    EXPECT_TRUE(IsJsonNumber(lexeme)) << lexeme;
  }
  for (const char* lexeme : {"", "-", "00", "01", "-01", "1.", ".1", "1e", "1e+", "+1", "1f", "0x1",
                             "1 ", " 1", "1.5.5", "1-1", "NaN"}) {
    EXPECT_FALSE(IsJsonNumber(lexeme)) << lexeme;
  }
}

}  // namespace
}  // namespace portico::codec
