#include "core/invoke/object_query.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"

namespace portico::invoke {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Optional;
using testing::Pair;

TEST(ObjectQueryTest, MembersStandInBrackets) {
  EXPECT_THAT(ObjectPairs("f", R"({"a":"x y","b":{"c":1.50},"d":true,"e":null})"),
              Optional(ElementsAre(Pair("f[a]", "x y"), Pair("f[b][c]", "1.50"),
                                   Pair("f[d]", "true"), Pair("f[e]", ""))));
}

TEST(ObjectQueryTest, ElementsStandByTheirIndex) {
  EXPECT_THAT(ObjectPairs("f", R"({"a":["x",{"b":2}]})"),
              Optional(ElementsAre(Pair("f[a][0]", "x"), Pair("f[a][1][b]", "2"))));
}

TEST(ObjectQueryTest, EmptyOnesSayNothing) {
  EXPECT_THAT(ObjectPairs("f", R"({"a":{},"b":[]})"), Optional(IsEmpty()));
}

TEST(ObjectQueryTest, NamesAreNotRepeatedWithoutEnd) {
  const std::string name(1 << 17, 'n');
  EXPECT_EQ(ObjectPairs("f", absl::StrCat("{\"", name, "\":[1,2,3,4,5,6,7,8]}")), std::nullopt);
  EXPECT_EQ(ObjectPairs("f", absl::StrCat("{\"", name, "\":[[],[],[],[],[],[],[],[]]}")),
            std::nullopt);
  EXPECT_TRUE(ObjectPairs("f", absl::StrCat("{\"", name, "\":[1,2,3]}")).has_value());
}

TEST(ObjectQueryTest, OnlyObjectsAreTaken) {
  for (const char* text : {"", "x", "[1]", "\"a\"", "{\"a\":", "null"}) {
    EXPECT_EQ(ObjectPairs("f", text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace portico::invoke
