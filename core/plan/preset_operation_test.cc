#include "core/plan/preset_operation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/plan/compile_fixture.h"
#include "core/plan/composition.h"

namespace portico::plan {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// Binds KEY; `exposes` begins with two spaces.
Compiled Compile(const std::string& exposes) {
  return CompileText(absl::StrCat(R"(naftiko: 1
binds:
- {namespace: vault, keys: {KEY: VAULT_KEY}}
capability:
  consumes:
  - namespace: api
    baseUri: https://api.example
    resources:
    - path: /{region}/rows
      operations:
      - {name: list, method: GET, inputParameters: [{name: q, in: query}, {name: X-K, in: header}]}
      - {name: add, method: POST, inputParameters: [{name: row, in: body, required: true}]}
  exposes:
)",
                                  exposes));
}

std::string Tool(const std::string& call, const std::string& with) {
  return absl::StrCat("  - {type: mcp, namespace: m, tools: [{name: t, call: ", call,
                      ", with: ", with, "}]}\n");
}

std::vector<std::string> ConstantsOf(const Operation& operation) {
  std::vector<std::string> constants;
  for (const Constant& one : operation.constants) {
    constants.push_back(absl::StrCat(one.name, "=", one.text));
  }
  return constants;
}

std::vector<std::string> ParametersOf(const Operation& operation) {
  std::vector<std::string> names;
  for (const Parameter& parameter : operation.parameters) names.push_back(parameter.name);
  return names;
}

TEST(PresetOperationTest, ABodyMayHaveSeveralLines) {
  const Compiled compiled =
      Compile(Tool("api.add", R"({region: eu, row: "{\n\"key\": \"{{KEY}}\"}"})"));
  EXPECT_THAT(compiled.findings, IsEmpty());
  ASSERT_NE(compiled.plan, nullptr);
  EXPECT_EQ(compiled.plan->tools().at(0).operation->constant_body, "{\n\"key\": \"{{KEY}}\"}");
}

TEST(PresetOperationTest, AResourceMayNameWhatIsBound) {
  const Compiled compiled = Compile(
      "  - {type: mcp, namespace: m, resources: [{name: r, uri: 'a://r/{q}', call: api.list, "
      "with: {region: '{{KEY}}', q: '{{q}}'}}]}\n");
  EXPECT_THAT(compiled.findings, IsEmpty());
  ASSERT_NE(compiled.plan, nullptr);
  const auto& call = *compiled.plan->resources().at(0).call;
  EXPECT_THAT(ConstantsOf(*call.operation), ElementsAre("region={{KEY}}"));
  EXPECT_THAT(Printed(call.bindings), ElementsAre("q->q"));
}

TEST(PresetOperationTest, VariablesOfWithAreConstantsOfAnOperationOfItsOwn) {
  const Compiled compiled =
      Compile(Tool("api.list", "{region: '{{env.REGION}}', q: tools.q, X-K: 'Key {{vault.KEY}}'}"));
  EXPECT_THAT(compiled.findings, IsEmpty());
  ASSERT_NE(compiled.plan, nullptr);
  const Operation& operation = *compiled.plan->tools().at(0).operation;
  EXPECT_EQ(operation.id, "m.t");
  EXPECT_EQ(operation.composition, nullptr);
  EXPECT_EQ(operation.path.text(), "/{region}/rows");
  EXPECT_THAT(ConstantsOf(operation),
              ElementsAre("region={{env.REGION}}", "X-K=Key {{vault.KEY}}"));
  EXPECT_EQ(operation.constants[0].location, ParameterLocation::kPath);
  EXPECT_EQ(operation.constants[1].location, ParameterLocation::kHeader);
  EXPECT_THAT(ParametersOf(operation), ElementsAre("q"));
  EXPECT_THAT(Printed(compiled.plan->tools()[0].bindings), ElementsAre("q->q"));
  EXPECT_THAT(compiled.plan->upstreams()[0].variables, ElementsAre("env.REGION", "vault.KEY"));
}

TEST(PresetOperationTest, WhatIsCalledStaysAsItIs) {
  const Compiled compiled =
      Compile(absl::StrCat(Tool("api.list", "{region: '{{env.REGION}}', q: tools.q}"),
                           "  - {type: mcp, namespace: n, tools: [{name: u, call: api.list}]}\n"));
  ASSERT_NE(compiled.plan, nullptr);
  const Operation& operation = *compiled.plan->tools().at(1).operation;
  EXPECT_EQ(operation.id, "api.list");
  EXPECT_THAT(operation.constants, IsEmpty());
  EXPECT_THAT(ParametersOf(operation), ElementsAre("region", "q", "X-K"));
}

TEST(PresetOperationTest, ABodyMayBeAVariableToo) {
  const Compiled compiled = Compile(Tool("api.add", R"({region: eu, row: '{"key": "{{KEY}}"}'})"));
  EXPECT_THAT(compiled.findings, IsEmpty());
  ASSERT_NE(compiled.plan, nullptr);
  const Operation& operation = *compiled.plan->tools().at(0).operation;
  EXPECT_EQ(operation.constant_body, R"({"key": "{{KEY}}"})");
  EXPECT_EQ(operation.body, BodyUse::kNone);
  EXPECT_THAT(Printed(compiled.plan->tools()[0].bindings), ElementsAre("='eu'->region"));
}

TEST(PresetOperationTest, ACallersValueComesBeforeABoundName) {
  const Compiled compiled = Compile(
      "  - {type: mcp, namespace: m, tools: [{name: t, call: api.list, inputParameters: "
      "[{name: KEY}], with: {region: '{{KEY}}'}}]}\n");
  ASSERT_NE(compiled.plan, nullptr);
  EXPECT_EQ(compiled.plan->tools().at(0).operation->id, "api.list");
}

TEST(PresetOperationTest, NamesThatNothingBindsAreSentAsWrittenWithAWarning) {
  const Compiled compiled = Compile(Tool("api.list", "{region: eu, q: '{{REGION}}'}"));
  EXPECT_THAT(compiled.findings, ElementsAre(HasSubstr("is sent as it is written")));
  ASSERT_NE(compiled.plan, nullptr);
  EXPECT_EQ(compiled.plan->tools().at(0).operation->id, "api.list");
}

TEST(PresetOperationTest, StepsAreFixedTheSameWay) {
  const Compiled compiled = Compile(R"(  - type: mcp
    namespace: m
    tools:
    - name: t
      inputParameters: {q: {type: string}}
      steps:
        rows: {type: call, call: api.list, with: {region: "{{env.REGION}}", q: "{{q}}"}}
        more: {type: call, call: api.list, with: {region: $.rows.region}}
)");
  EXPECT_THAT(compiled.findings, IsEmpty());
  ASSERT_NE(compiled.plan, nullptr);
  const auto& steps = compiled.plan->tools().at(0).operation->composition->steps;
  EXPECT_EQ(steps[0].operation->id, "m.t-list");
  EXPECT_THAT(ConstantsOf(*steps[0].operation), ElementsAre("region={{env.REGION}}"));
  EXPECT_EQ(steps[0].arguments.size(), 1u);
  EXPECT_EQ(steps[1].operation->id, "api.list");
  EXPECT_THAT(compiled.plan->upstreams()[0].variables, ElementsAre("env.REGION"));
}

}  // namespace
}  // namespace portico::plan
