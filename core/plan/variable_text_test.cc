#include "core/plan/variable_text.h"

#include <gtest/gtest.h>

namespace portico::plan {
namespace {

std::string Fill(absl::string_view text) {
  return FillVariables(text, [](absl::string_view name) { return "<" + std::string(name) + ">"; });
}

TEST(VariableTextTest, FillsEveryVariable) {
  EXPECT_EQ(Fill("a{{env.X}}b{{ Y }}"), "a<env.X>b<Y>");
  EXPECT_EQ(VariablesOf("a{{env.X}}b{{ Y }}"), (std::vector<std::string>{"env.X", "Y"}));
}

TEST(VariableTextTest, KeepsTheRest) {
  EXPECT_EQ(Fill("plain {x} }}"), "plain {x} }}");
  EXPECT_EQ(Fill("{{open"), "{{open");
  EXPECT_TRUE(VariablesOf("{{open").empty());
}

}  // namespace
}  // namespace portico::plan
