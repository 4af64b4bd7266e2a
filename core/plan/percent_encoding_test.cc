#include "core/plan/percent_encoding.h"

#include <gtest/gtest.h>

namespace portico::plan {
namespace {

TEST(PercentEncodingTest, EscapesAllButTheUnreserved) {
  std::string out = "/";
  AppendEncoded("aZ09-._~ /:%\xC3\xA9", &out);
  EXPECT_EQ(out, "/aZ09-._~%20%2F%3A%25%C3%A9");
}

TEST(PercentEncodingTest, UndoesEveryEscapeAndKeepsPlus) {
  std::string out;
  EXPECT_TRUE(AppendDecoded("a%2fb%2F+%00%E4", &out));
  EXPECT_EQ(out, std::string("a/b/+\0\xE4", 7));
}

TEST(PercentEncodingTest, EveryByteComesBack) {
  std::string bytes;
  for (int c = 0; c < 256; ++c) bytes.push_back(static_cast<char>(c));
  std::string encoded;
  AppendEncoded(bytes, &encoded);
  std::string decoded;
  EXPECT_TRUE(AppendDecoded(encoded, &decoded));
  EXPECT_EQ(decoded, bytes);
}

TEST(PercentEncodingTest, RefusesIncompleteEscapes) {
  for (const char* text : {"%", "a%2", "%zz", "%2x", "%%20"}) {
    std::string out;
    EXPECT_FALSE(AppendDecoded(text, &out)) << text;
  }
}

}  // namespace
}  // namespace portico::plan
