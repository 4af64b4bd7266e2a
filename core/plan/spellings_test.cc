// The two spellings of the language mean the same.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

#include "core/plan/compile_fixture.h"
#include "core/plan/plan_table.h"

namespace portico::plan {
namespace {

std::string ReadFile(const std::string& name) {
  std::ifstream stream("core/plan/testdata/" + name);
  return std::string(std::istreambuf_iterator<char>(stream), {});
}

// Everything of a Plan but the places in its file.
std::string Written(const Plan& plan) {
  std::string all = DescribePlan(plan);
  for (const Upstream& upstream : plan.upstreams()) {
    all += upstream.label + "|" + upstream.base_uri + "|" + upstream.authentication.secret + "\n";
    for (const auto& [name, variable] : upstream.authentication.variables) {
      all += name + "=" + variable + "\n";
    }
  }
  for (const auto& operation : plan.operations()) {
    all += operation->id + "|" + operation->description + "|" + operation->path.text() + "\n";
    for (const Parameter& parameter : operation->parameters) {
      all += parameter.name + "|" + std::to_string(static_cast<int>(parameter.location)) + "|" +
             std::to_string(static_cast<int>(parameter.type)) + (parameter.required ? "!" : "") +
             "\n";
    }
  }
  for (const Route& route : plan.routes()) {
    all += route.path.text();
    for (const std::string& binding : Printed(route.bindings)) all += " " + binding;
  }
  for (const Tool& tool : plan.tools()) {
    all += tool.name + "|" + tool.description;
    for (const std::string& binding : Printed(tool.bindings)) all += " " + binding;
  }
  return all;
}

TEST(SpellingsTest, BothCompileToTheSamePlan) {
  const Compiled earlier = CompileText(ReadFile("alpha2.yaml"));
  const Compiled later = CompileText(ReadFile("alpha3.yaml"));
  EXPECT_THAT(earlier.findings, testing::IsEmpty());
  EXPECT_THAT(later.findings, testing::IsEmpty());
  ASSERT_NE(earlier.plan, nullptr);
  ASSERT_NE(later.plan, nullptr);
  EXPECT_THAT(Written(*earlier.plan), testing::HasSubstr("list-books"));
  EXPECT_EQ(Written(*later.plan), Written(*earlier.plan));
}

}  // namespace
}  // namespace portico::plan
