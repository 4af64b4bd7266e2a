#include "core/codec/json_cursor.h"

#include <gtest/gtest.h>

#include <memory>
#include <random>
#include <string>

#include "core/codec/json_syntax.h"

namespace portico::codec {
namespace {

// Whether index and cursor find `text` to be one valid value, from memory of exactly
// its size.
bool Passes(const std::string& text, StructuralIndex* index) {
  const std::unique_ptr<char[]> exact(new char[text.size()]);
  std::copy(text.begin(), text.end(), exact.get());
  const absl::string_view view(exact.get(), text.size());
  if (!index->Build(view)) return false;
  JsonCursor cursor(view, *index);
  absl::string_view value;
  if (!cursor.TakeValue(&value) || !cursor.AtEnd()) return false;
  EXPECT_EQ(value, TrimJsonSpace(view));
  return true;
}

bool IsContainer(const std::string& text) {
  const absl::string_view trimmed = TrimJsonSpace(text);
  return !trimmed.empty() && (trimmed[0] == '{' || trimmed[0] == '[');
}

TEST(JsonCursor, PassesWhatIsJson) {
  StructuralIndex index;
  for (const char* text : {"{}", "[]", " {\"a\" : [ 1 , \"x\\u00e9\" , null ] } ", "[\"\",{}]",
                           "[-0.0e-1,true,false]", "[\"\\ud800\"]", "[[],[[]],{\"\":{}}]"}) {
    EXPECT_TRUE(Passes(text, &index)) << text;
  }
}

// simdjson proves half of the grammar, the cursor the other half.
TEST(JsonCursor, AgreesWithTheScannerOnEveryMutation) {
  const std::string seeds[] = {
      R"({"a":[1,-2.5e3,"x\n\u0041",true,null,{"b":{}},[]],"c":"d" , "e":false})",
      R"([ {"k":"v"} , [ "\"" , "\\" ] , 12 , -0 , 1e5 ])",
      "[\"\xC3\xA9\",\"\xF0\x9F\x98\x80\",{\"\xE2\x82\xAC\":1}]",
  };
  constexpr char kBytes[] = "{}[],:\"\\ \n\t\f\x01\x1A/u0123e.-+ntfalsrx\x80\xC3\xFF\0";
  const std::string bytes(kBytes, sizeof kBytes - 1);
  std::mt19937_64 random(7);
  StructuralIndex index;
  int valid = 0;
  for (int i = 0; i < 300000; ++i) {
    std::string text = seeds[random() % 3];
    for (auto edits = 1 + random() % 2; edits > 0; --edits) {
      const std::size_t at = random() % text.size();
      const char byte = bytes[random() % bytes.size()];
      switch (random() % 4) {
        case 0:
          text.insert(at, 1, byte);
          break;
        case 1:
          text.erase(at, 1);
          break;
        case 2:
          text.resize(at + 1);
          break;
        default:
          text[at] = byte;
      }
    }
    const bool expected = IsContainer(text) && !FindJsonSyntaxError(text).has_value();
    ASSERT_EQ(Passes(text, &index), expected) << testing::PrintToString(text);
    valid += expected;
  }
  EXPECT_GT(valid, 10000);
}

TEST(JsonCursor, NestingHasNoLimit) {
  StructuralIndex index;
  std::string text;
  for (int i = 0; i < 1000000; ++i) text += "{\"a\":[";
  for (int i = 0; i < 1000000; ++i) text += "]}";
  EXPECT_TRUE(Passes(text, &index));
  text.back() = ']';
  EXPECT_FALSE(Passes(text, &index));
  index.Trim();
  EXPECT_TRUE(Passes("[1]", &index));
}

TEST(StructuralIndex, TrimmingKeepsMemoryForUsualTextsOnly) {
  StructuralIndex index;
  ASSERT_TRUE(index.Build("[" + std::string(100000, ' ') + "]"));
  index.Trim();
  EXPECT_GE(index.capacity(), 100000u);
  ASSERT_TRUE(index.Build("[" + std::string(32 << 20, ' ') + "]"));
  EXPECT_GE(index.capacity(), 32u << 20);
  index.Trim();
  EXPECT_EQ(index.capacity(), 0u);
}

TEST(JsonCursor, ScalarsAndEmptyTextsHaveNoIndex) {
  StructuralIndex index;
  for (const char* text : {"", " ", "1", "\"x\"", "null", "{", "}", "x{}", "{}x"}) {
    EXPECT_FALSE(index.Build(text)) << text;
  }
}

}  // namespace
}  // namespace portico::codec
