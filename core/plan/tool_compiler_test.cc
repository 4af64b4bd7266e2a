#include "core/plan/tool_compiler.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "core/plan/compile_fixture.h"

namespace portico::plan {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// Operations `get` and `post` of tasks; tools follow from line 13 on.
Compiled Compile(const std::string& tools) {
  return CompileText(ApiHead() +
                     "    - path: /x\n      operations:\n"
                     "      - {name: get, method: GET, description: one}\n"
                     "      - {name: post, method: POST}\n"
                     "  exposes:\n  - type: mcp\n    tools:\n" +
                     tools);
}

TEST(ToolCompilerTest, AToolKnowsItsOperationAndDescription) {
  const Compiled compiled = Compile(
      "    - {name: get-x, call: tasks.get}\n"
      "    - {name: post-x, call: tasks.post, description: mine}\n");
  EXPECT_THAT(compiled.findings, IsEmpty());
  ASSERT_NE(compiled.plan, nullptr);
  ASSERT_EQ(compiled.plan->tools().size(), 2u);
  const Tool& tool = compiled.plan->tools()[0];
  EXPECT_EQ(tool.name, "get-x");
  EXPECT_EQ(tool.description, "one");
  EXPECT_EQ(tool.operation, compiled.plan->FindOperation("tasks.get"));
  EXPECT_EQ(tool.place.line, 14);
  EXPECT_EQ(compiled.plan->tools()[1].description, "mine");
}

TEST(ToolCompilerTest, ItsHintsAreTheOperations) {
  const Compiled compiled = Compile(
      "    - {name: a, call: tasks.post, hints: {readOnly: true, idempotent: true, openWorld: "
      "false}}\n    - {name: b, call: tasks.post, hints: {destructive: true}}\n");
  EXPECT_THAT(compiled.findings, IsEmpty());
  ASSERT_NE(compiled.plan, nullptr);
  const Hints& hints = compiled.plan->FindOperation("tasks.post")->hints;
  EXPECT_TRUE(hints.read_only);
  EXPECT_TRUE(hints.idempotent);
  EXPECT_FALSE(hints.destructive);
  EXPECT_FALSE(hints.open_world);
  EXPECT_TRUE(compiled.plan->tools()[1].hints.destructive);
}

TEST(ToolCompilerTest, WhatItDoesNotHintAtTheMethodDecides) {
  const Compiled compiled = Compile(
      "    - {name: a, call: tasks.get, hints: {idempotent: false}}\n"
      "    - {name: b, call: tasks.post}\n");
  ASSERT_NE(compiled.plan, nullptr);
  EXPECT_TRUE(compiled.plan->tools()[0].hints.read_only);
  EXPECT_FALSE(compiled.plan->tools()[0].hints.idempotent);
  EXPECT_FALSE(compiled.plan->tools()[1].hints.read_only);
}

TEST(ToolCompilerTest, HintsThatContradictAreWarnedOf) {
  EXPECT_THAT(
      Compile("    - {name: a, call: tasks.get, hints: {readOnly: true, destructive: true}}\n")
          .findings,
      ElementsAre("f.yaml:14: warning: capability.exposes[0].tools[0].hints: says both readOnly "
                  "and destructive"));
}

TEST(ToolCompilerTest, AnUnknownOperationIsAnError) {
  EXPECT_THAT(Compile("    - name: a\n      call: task.get\n").findings,
              ElementsAre("f.yaml:15: error: capability.exposes[0].tools[0].call: names unknown "
                          "operation \"task.get\"; did you mean \"tasks.get\"?"));
}

TEST(ToolCompilerTest, TheFirstOfTwoToolsOfOneNameWins) {
  const Compiled compiled = Compile(
      "    - {name: a, call: tasks.get}\n"
      "    - {name: a, call: tasks.post}\n");
  EXPECT_THAT(compiled.findings,
              ElementsAre("f.yaml:15: warning: capability.exposes[0].tools[1].name: the tool \"a\" "
                          "is already served from f.yaml:14; this one is left out"));
  ASSERT_NE(compiled.plan, nullptr);
  ASSERT_EQ(compiled.plan->tools().size(), 1u);
  EXPECT_EQ(compiled.plan->tools()[0].operation->name, "get");
}

TEST(ToolCompilerTest, ToolsOfDifferentApisMayHaveOneName) {
  const auto file = [](const std::string& space) {
    return "naftiko: 1.0.0-alpha2\ncapability:\n  consumes:\n  - {type: http, namespace: " + space +
           ", baseUri: 'https://a.example', resources: [{path: /a, operations: [{name: get, "
           "method: GET}]}]}\n  exposes:\n  - {type: mcp, namespace: m, tools: [{name: t, call: " +
           space + ".get}]}\n";
  };
  const Compiled compiled = CompileTexts({{"a.yaml", file("a")}, {"b.yaml", file("b")}});
  EXPECT_THAT(compiled.findings, ElementsAre(HasSubstr("their namespaces stand before the name")));
  ASSERT_NE(compiled.plan, nullptr);
  EXPECT_EQ(compiled.plan->tools().size(), 2u);
}

}  // namespace
}  // namespace portico::plan
