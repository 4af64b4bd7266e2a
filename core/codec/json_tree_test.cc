#include "core/codec/json_tree.h"

#include <gtest/gtest.h>

namespace portico::codec {
namespace {

bool Same(const char* a, const char* b, MemberOrder order = MemberOrder::kRemainderLast) {
  return SameJson(*ParseJsonTree(a), *ParseJsonTree(b), order);
}

TEST(JsonTree, OnlySpaceEscapesAndTheRemaindersPlaceMayDiffer) {
  EXPECT_TRUE(Same(R"({"a":1,"b":[true,"x"]})", " { \"a\" : 1 , \"b\":[true,\"\\u0078\"]}"));
  EXPECT_TRUE(Same(R"({"x":1,"a":2,"y":3,"b":4})", R"({"a":2,"b":4,"x":1,"y":3})"));
  EXPECT_FALSE(Same(R"({"x":1,"a":2,"y":3,"b":4})", R"({"b":4,"a":2,"y":3,"x":1})"));
  EXPECT_TRUE(
      Same(R"({"x":1,"a":2,"y":3,"b":4})", R"({"b":4,"a":2,"y":3,"x":1})", MemberOrder::kAny));
  EXPECT_FALSE(Same(R"({"a":1,"a":2})", R"({"a":2,"a":1})", MemberOrder::kAny));
  EXPECT_FALSE(Same(R"({"a":1})", R"({"a":1,"a":1})", MemberOrder::kAny));
  EXPECT_FALSE(Same("[1]", "[1.0]"));
  EXPECT_FALSE(Same("[0]", "[-0]"));
  EXPECT_FALSE(Same("[1,2]", "[2,1]", MemberOrder::kAny));
  EXPECT_FALSE(Same("[\"1\"]", "[1]"));
  EXPECT_FALSE(Same("[null]", "[]"));
  EXPECT_FALSE(Same("{}", "[]"));
}

TEST(JsonTree, OtherTextsAreRefused) {
  for (const char* text :
       {"", "{", "[1,]", "{\"a\"}", "01", "1.", "\"\\q\"", "tru", "[] []", "\"\n\""}) {
    EXPECT_FALSE(ParseJsonTree(text).has_value()) << text;
  }
}

}  // namespace
}  // namespace portico::codec
