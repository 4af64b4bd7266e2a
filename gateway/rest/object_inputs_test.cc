#include "gateway/rest/object_inputs.h"

#include <gtest/gtest.h>

namespace portico::rest {
namespace {

TEST(ObjectInputsTest, KnowsTheOwner) {
  EXPECT_EQ(ObjectInputs::OwnerOf("f[a]"), "f");
  EXPECT_EQ(ObjectInputs::OwnerOf("f[a][b]"), "f");
  for (const char* other : {"f", "", "[a]", "f[", "f[]", "f[a", "f[a]b", "f[a][]"}) {
    EXPECT_EQ(ObjectInputs::OwnerOf(other), "") << other;
  }
}

TEST(ObjectInputsTest, PairsBecomeOneObject) {
  ObjectInputs inputs;
  EXPECT_EQ(inputs.Take("f[a]", "1"), "");
  EXPECT_EQ(inputs.Take("f[b][c]", "x"), "");
  EXPECT_EQ(inputs.Take("f[b][d]", "\""), "");
  ASSERT_EQ(inputs.objects().size(), 1u);
  EXPECT_EQ(codec::WriteJson(inputs.objects().at("f")), R"({"a":"1","b":{"c":"x","d":"\""}})");
}

TEST(ObjectInputsTest, SaysWhatCannotBe) {
  ObjectInputs inputs;
  EXPECT_EQ(inputs.Take("f[a]", "1"), "");
  EXPECT_EQ(inputs.Take("f[a]", "2"), "is given twice");
  EXPECT_EQ(inputs.Take("f[a][b]", "2"), "is given twice");
  std::string deep = "f";
  for (int i = 0; i < 17; ++i) deep += "[a]";
  EXPECT_EQ(inputs.Take(deep, "1"), "is nested too deep");
}

}  // namespace
}  // namespace portico::rest
