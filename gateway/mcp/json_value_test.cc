#include "gateway/mcp/json_value.h"

#include <gtest/gtest.h>

#include <string>

namespace portico::mcp {
namespace {

TEST(JsonValueTest, DescribesAValueInALine) {
  EXPECT_EQ(Described(*ParseJson("\"a\\n\"")), "the string \"a\\n\"");
  EXPECT_EQ(Described(*ParseJson("{}")), "an object");
  EXPECT_LT(Described(*ParseJson('"' + std::string(1000, 'x') + '"')).size(), 100u);
}

}  // namespace
}  // namespace portico::mcp
