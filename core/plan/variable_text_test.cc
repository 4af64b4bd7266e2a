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

TEST(VariableTextTest, BindsNameTheEnvironmentsVariableElseTheNameItself) {
  const std::vector<std::pair<std::string, std::string>> variables = {
      {"keys.host", "SHOP_HOST"}, {"host", "SHOP_HOST"}, {"other.host", "OTHER_HOST"}};
  for (const auto& [name, variable] :
       {std::pair("host", "SHOP_HOST"), std::pair("keys.host", "SHOP_HOST"),
        std::pair("other.host", "OTHER_HOST"), std::pair("env.host", "SHOP_HOST"),
        std::pair("env.PORT", "PORT"), std::pair("PORT", "PORT")}) {
    EXPECT_EQ(EnvironmentVariableOf(name, variables), variable) << name;
  }
}

}  // namespace
}  // namespace portico::plan
