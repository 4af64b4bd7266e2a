#include "core/plan/plan_compiler.h"

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "core/plan/compile_fixture.h"

namespace portico::plan {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

std::string ReadFile(const std::string& name) {
  std::ifstream stream("capabilities/" + name);
  return std::string(std::istreambuf_iterator<char>(stream), {});
}

CompileOptions TypedServices() {
  CompileOptions options;
  for (const char* name :
       {"backstage.scaffolder.v1.TasksService", "render.workflows.v1.WorkflowTasksService",
        "northflank.jobs.v1.JobsService"}) {
    options.services.push_back(
        google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(name));
  }
  return options;
}

// The three built-in files together, without services or with them.
Compiled CompileBuiltIn(const CompileOptions& options = {}) {
  std::vector<std::pair<std::string, std::string>> files;
  for (const char* name :
       {"scaffolder-tasks.yaml", "render-workflow-tasks-beta.yaml", "northflank-jobs.yaml"}) {
    files.emplace_back(name, ReadFile(name));
  }
  return CompileTexts(files, options);
}

const Route* FindRoute(const Plan& plan, const std::string& id) {
  for (const Route& route : plan.routes()) {
    if (route.operation->id == id) return &route;
  }
  return nullptr;
}

const Tool* FindTool(const Plan& plan, const std::string& name) {
  for (const Tool& tool : plan.tools()) {
    if (tool.name == name) return &tool;
  }
  return nullptr;
}

TEST(PlanCompilerTest, TheBuiltInFilesCompileWithoutAFinding) {
  const Compiled compiled = CompileBuiltIn();
  EXPECT_THAT(compiled.findings, IsEmpty());
  ASSERT_NE(compiled.plan, nullptr);
  ASSERT_EQ(compiled.plan->upstreams().size(), 3u);
  std::vector<int> operations(3);
  for (const auto& operation : compiled.plan->operations()) ++operations[operation->upstream];
  EXPECT_THAT(operations, ElementsAre(7, 7, 3));
  EXPECT_EQ(compiled.plan->routes().size(), 17u);
  EXPECT_EQ(compiled.plan->tools().size(), 17u);
  // Without the typed services, which are not given here, all are synthesised.
  EXPECT_EQ(compiled.plan->methods().size(), 17u);
}

TEST(PlanCompilerTest, TwoOfTheBuiltInOperationsAreStreams) {
  const Compiled compiled = CompileBuiltIn();
  ASSERT_NE(compiled.plan, nullptr);
  std::vector<std::string> streams;
  for (const auto& operation : compiled.plan->operations()) {
    if (operation->stream) streams.push_back(operation->id);
  }
  EXPECT_THAT(streams, UnorderedElementsAre("scaffolder-tasks.gettaskeventstream",
                                            "render-workflow-tasks-beta.streamtaskrunsevents"));
}

TEST(PlanCompilerTest, BuiltInRoutesFeedTheParametersThatTheirCapturesFoldTo) {
  const Compiled compiled = CompileBuiltIn();
  ASSERT_NE(compiled.plan, nullptr);
  struct Row {
    const char* id;
    std::vector<std::string> bindings;
  };
  for (const Row& row : std::vector<Row>{
           {"scaffolder-tasks.gettaskeventstream", {"taskid->taskId", "after->after"}},
           {"scaffolder-tasks.createtask", {"body->body"}},
           {"render-workflow-tasks-beta.gettaskrun", {"taskrunid->taskRunId"}},
           {"render-workflow-tasks-beta.streamtaskrunsevents", {"taskRunIds->taskRunIds"}},
           {"northflank-jobs.createjob", {"body->body", "projectid->projectId"}},
           {"northflank-jobs.runjob", {"jobid->jobId", "projectid->projectId"}},
       }) {
    const Route* route = FindRoute(*compiled.plan, row.id);
    ASSERT_NE(route, nullptr) << row.id;
    EXPECT_EQ(Printed(route->bindings), row.bindings) << row.id;
  }
  EXPECT_THAT(Printed(FindTool(*compiled.plan, "retrieve-task-run")->bindings),
              ElementsAre("taskRunId->taskRunId"));
}

TEST(PlanCompilerTest, TheBuiltInFilesAgreeWithTheTypedServices) {
  const Compiled compiled = CompileBuiltIn(TypedServices());
  EXPECT_THAT(compiled.findings, IsEmpty());
  ASSERT_NE(compiled.plan, nullptr);
  EXPECT_EQ(compiled.plan->methods().size(), 17u);
  const Method* list =
      compiled.plan->FindMethod("/render.workflows.v1.WorkflowTasksService/ListTaskRuns");
  ASSERT_NE(list, nullptr);
  EXPECT_EQ(list->operation->id, "render-workflow-tasks-beta.listtaskruns");
  EXPECT_EQ(list->fields.size(), 7u);
  EXPECT_FALSE(list->rest_is_body);
  ASSERT_NE(list->array_field, nullptr);
  EXPECT_EQ(list->array_field->name(), "task_runs");
  const Method* run = compiled.plan->FindMethod("/northflank.jobs.v1.JobsService/RunJob");
  ASSERT_NE(run, nullptr);
  EXPECT_TRUE(run->rest_is_body);
  EXPECT_EQ(run->fields.size(), 2u);
  EXPECT_EQ(run->operation->body, BodyUse::kOptional);
  EXPECT_EQ(compiled.plan->FindMethod("/northflank.jobs.v1.JobsService/Other"), nullptr);
}

TEST(PlanCompilerTest, WhatOnlyTheServicesKnowReachesEveryDoor) {
  const Compiled compiled = CompileBuiltIn(TypedServices());
  ASSERT_NE(compiled.plan, nullptr);
  const Operation* list = compiled.plan->FindOperation("render-workflow-tasks-beta.listtaskruns");
  ASSERT_NE(list, nullptr);
  const Parameter* owner = nullptr;
  for (const Parameter& parameter : list->parameters) {
    if (parameter.name == "ownerId") owner = &parameter;
  }
  ASSERT_NE(owner, nullptr);
  EXPECT_EQ(owner->source, ParameterSource::kVendor);
  EXPECT_EQ(owner->array_style, ArrayStyle::kComma);
  EXPECT_EQ(owner->type, ValueType::kArray);
  EXPECT_THAT(Printed(FindRoute(*compiled.plan, list->id)->bindings),
              testing::Contains("ownerId->ownerId"));
  EXPECT_THAT(Printed(FindTool(*compiled.plan, "list-task-runs")->bindings),
              testing::Contains("ownerId->ownerId"));
  EXPECT_THAT(Printed(FindTool(*compiled.plan, "run-job")->bindings),
              ElementsAre("jobId->jobId", "projectId->projectId", "body->body"));
}

TEST(PlanCompilerTest, ServicesOfFilesThatAreNotLoadedAreLeftOut) {
  const Compiled compiled =
      CompileTexts({{"northflank-jobs.yaml", ReadFile("northflank-jobs.yaml")}}, TypedServices());
  EXPECT_THAT(compiled.findings, IsEmpty());
  ASSERT_NE(compiled.plan, nullptr);
  EXPECT_EQ(compiled.plan->methods().size(), 3u);
}

// One API and one route and tool that call it.
std::string SmallFile(const std::string& space, const std::string& path, const std::string& tool) {
  return "naftiko: 1\ncapability:\n  consumes:\n  - namespace: " + space +
         "\n    baseUri: https://a\n    resources:\n    - path: /x\n      operations:\n"
         "      - {name: get, method: GET}\n  exposes:\n  - type: rest\n    resources:\n"
         "    - path: " +
         path + "\n      operations:\n      - {method: GET, call: " + space +
         ".get}\n  - type: mcp\n    tools:\n    - {name: " + tool + ", call: " + space + ".get}\n";
}

TEST(PlanCompilerTest, ClashesOfRoutesAndToolsNameBothPlaces) {
  const Compiled compiled = CompileTexts(
      {{"a.yaml", SmallFile("a", "/v1/x", "get")}, {"b.yaml", SmallFile("b", "/v1/x", "get")}});
  EXPECT_THAT(
      compiled.findings,
      ElementsAre("b.yaml:15: warning: capability.exposes[0].resources[0].operations[0]: "
                  "the route GET /v1/x is already served from a.yaml:15; this one is left "
                  "out",
                  "b.yaml:18: warning: capability.exposes[1].tools[0].name: the tool "
                  "\"get\" is already served from a.yaml:18; where both are, their namespaces "
                  "stand before the name"));
  ASSERT_NE(compiled.plan, nullptr);
  EXPECT_EQ(compiled.plan->operations().size(), 2u);
  EXPECT_EQ(compiled.plan->tools().size(), 2u);
  ASSERT_EQ(compiled.plan->routes().size(), 1u);
  EXPECT_EQ(compiled.plan->routes()[0].operation->space, "a");
}

TEST(PlanCompilerTest, AClashOfNamespacesTakesAlongWhatCallsTheSecond) {
  const Compiled compiled = CompileTexts(
      {{"a.yaml", SmallFile("a", "/v1/x", "get")}, {"b.yaml", SmallFile("a", "/v1/y", "other")}});
  EXPECT_THAT(compiled.findings,
              ElementsAre("b.yaml:4: warning: capability.consumes[0].namespace: \"a\" is already "
                          "taken by a.yaml:4; this API is left out, with what calls it"));
  ASSERT_NE(compiled.plan, nullptr);
  EXPECT_EQ(compiled.plan->upstreams().size(), 1u);
  EXPECT_EQ(compiled.plan->operations().size(), 1u);
  EXPECT_EQ(compiled.plan->routes().size(), 1u);
  EXPECT_EQ(compiled.plan->tools().size(), 1u);
}

TEST(PlanCompilerTest, RepeatedOperationNamesAreCalledInOrder) {
  const Compiled compiled = CompileText(R"(naftiko: 1
capability:
  consumes:
  - namespace: a
    baseUri: https://a
    resources:
    - path: /x
      operations: [{name: get, method: GET}, {name: get, method: POST}]
  exposes:
  - type: rest
    resources:
    - {path: /v1/x, operations: [{method: GET, call: a.get}, {method: POST, call: a.get}]}
  - type: mcp
    tools: [{name: t1, call: a.get}, {name: t2, call: a.get}]
)");
  ASSERT_NE(compiled.plan, nullptr);
  EXPECT_EQ(compiled.plan->routes().at(0).operation->name, "get");
  EXPECT_EQ(compiled.plan->routes().at(1).operation->name, "get2");
  EXPECT_EQ(compiled.plan->tools().at(1).operation->name, "get2");
}

TEST(PlanCompilerTest, FindingsComeInTheOrderOfFilesAndLines) {
  const auto file = [](const std::string& space) {
    return "naftiko: 1\ncapability:\n  exposes:\n  - type: mcp\n    tools:\n"
           "    - {name: " +
           space + ", call: x.y}\n  consumes:\n  - namespace: " + space +
           "\n    baseUri: nonsense\n    resources: []\n";
  };
  const Compiled compiled = CompileTexts({{"b.yaml", file("b")}, {"a.yaml", file("a")}});
  ASSERT_EQ(compiled.findings.size(), 4u);
  EXPECT_EQ(compiled.findings[0].substr(0, 9), "b.yaml:6:");
  EXPECT_EQ(compiled.findings[1].substr(0, 9), "b.yaml:9:");
  EXPECT_EQ(compiled.findings[2].substr(0, 9), "a.yaml:6:");
  EXPECT_EQ(compiled.findings[3].substr(0, 9), "a.yaml:9:");
}

TEST(PlanCompilerTest, EarlierFindingsAreNotMistakenForItsOwn) {
  capability::Findings findings = {
      {capability::Severity::kError, {"other.yaml", 1}, "", "bad", capability::Rule::kOther}};
  EXPECT_NE(CompilePlan({}, {}, &findings), nullptr);
  EXPECT_EQ(findings.size(), 1u);
}

}  // namespace
}  // namespace portico::plan
