#include "core/codec/json_allowance.h"

#include <gtest/gtest.h>

#include <string>

namespace portico::codec {
namespace {

TEST(JsonAllowanceTest, EachValueWeighsOne) {
  JsonAllowance allowance(7);
  EXPECT_TRUE(allowance.Take(*ParseJson(R"({"a":[1,null],"b":{}})")));  // 5
  EXPECT_TRUE(allowance.Take(JsonValue()));
  EXPECT_TRUE(allowance.Take(JsonValue()));
  EXPECT_FALSE(allowance.exceeded());
  EXPECT_FALSE(allowance.Take(JsonValue()));
  EXPECT_TRUE(allowance.exceeded());
}

TEST(JsonAllowanceTest, LongTextsAndNamesWeighMore) {
  const std::string text(640, 'x');
  JsonAllowance of_text(10);
  EXPECT_FALSE(of_text.Take(JsonValue::String(text)));
  JsonValue named = JsonValue::Object();
  named.Add(text, JsonValue());
  JsonAllowance of_name(11);
  EXPECT_FALSE(of_name.Take(named));
  JsonAllowance enough(12);
  EXPECT_TRUE(enough.Take(named));
}

TEST(JsonAllowanceTest, NothingIsLeftOnceItWasExceeded) {
  JsonAllowance allowance(2);
  EXPECT_FALSE(allowance.Take(*ParseJson("[1,2,3]")));
  EXPECT_FALSE(allowance.Take(JsonValue()));
}

}  // namespace
}  // namespace portico::codec
