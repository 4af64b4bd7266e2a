#include "demo/backstage_expression.h"

#include <gtest/gtest.h>

namespace portico::demo {
namespace {

const char kScope[] = R"({"parameters":{"name":"alpha","seconds":3,"deep":{"list":[1,2]}}})";

TEST(BackstageExpression, ReplacesExpressionsInText) {
  const struct {
    const char* text;
    const char* rendered;
  } rows[] = {
      {"hello ${{ parameters.name }}!", "hello alpha!"},
      {"${{parameters.name}}-${{ parameters.seconds }}", "alpha-3"},
      {"nothing: ${{ parameters.other }}.", "nothing: ."},
      {"${{ parameters.other | default(2) }} s", "2 s"},
      {"${{ parameters.seconds | default(2) }} s", "3 s"},
      {"${{ parameters.deep.list }}", "[1,2]"},
      {"open ${{ parameters.name", "open ${{ parameters.name"},
      {"plain", "plain"},
  };
  const Json scope = *ParseJson(kScope);
  for (const auto& row : rows) EXPECT_EQ(RenderText(row.text, scope), row.rendered) << row.text;
}

TEST(BackstageExpression, KeepsTheTypeOfAWholeExpression) {
  const Json input = *ParseJson(
      R"({"a":"${{ parameters.seconds }}","b":["${{ parameters.deep.list }}"],"c":true,
          "d":"${{ parameters.none | default(2) }}","e":"${{ parameters.none }}"})");
  EXPECT_EQ(Dump(Render(input, *ParseJson(kScope))),
            R"({"a":3,"b":[[1,2]],"c":true,"d":2,"e":""})");
}

}  // namespace
}  // namespace portico::demo
