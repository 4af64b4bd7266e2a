#include "gateway/mcp/tool_catalog.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/plan/compile_fixture.h"
#include "gateway/openapi/openapi_fixture.h"

namespace portico::mcp {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::vector<std::string> NamesOf(const ToolSet& tools) {
  std::vector<std::string> names;
  for (const ServedTool& tool : tools.tools()) names.push_back(tool.name);
  return names;
}

// A file with an API of one operation and a tool.
std::string File(const std::string& space, const std::string& tool) {
  return absl::StrCat("naftiko: 1.0.0-alpha2\ninfo: {label: The ", space,
                      " API}\ncapability:\n  consumes:\n  - {type: http, namespace: ", space,
                      ", baseUri: 'https://a.example', resources: [{path: /a, operations: [{name: "
                      "get, method: GET}]}]}\n  exposes:\n  - {type: mcp, namespace: m, tools: "
                      "[{name: ",
                      tool, ", description: List tasks, call: ", space, ".get}]}\n");
}

// One line for each tool. To accept a change, copy the file of the test's undeclared
// outputs over the golden one.
TEST(ToolCatalogTest, TheBuiltInToolsAreThoseOfTheGoldenFile) {
  const auto plan = openapi::BuiltInPlan();
  std::string lines;
  const ToolCatalog catalog(*plan);
  for (const ServedTool& tool : catalog.all().tools()) {
    absl::StrAppend(&lines, tool.json, "\n");
  }
  std::ifstream file("gateway/mcp/testdata/tools.jsonl", std::ios::binary);
  const std::string golden(std::istreambuf_iterator<char>(file), {});
  if (const char* outputs = std::getenv("TEST_UNDECLARED_OUTPUTS_DIR");
      lines != golden && outputs) {
    std::ofstream(absl::StrCat(outputs, "/tools.jsonl"), std::ios::binary) << lines;
  }
  EXPECT_EQ(lines, golden);
}

TEST(ToolCatalogTest, EachApiHasAnEndpointWithItsToolsInTheFilesOrder) {
  const auto plan = openapi::BuiltInPlan();
  const ToolCatalog catalog(*plan);
  EXPECT_EQ(catalog.all().tools().size(), 17u);
  ASSERT_NE(catalog.ForNamespace("northflank-jobs"), nullptr);
  EXPECT_THAT(NamesOf(*catalog.ForNamespace("northflank-jobs")),
              ElementsAre("list-jobs-project", "create-job", "run-job"));
  EXPECT_EQ(catalog.ForNamespace("northflank-jobs-mcp"), nullptr);
}

TEST(ToolCatalogTest, FindsAToolByItsNameAlone) {
  const auto plan = openapi::BuiltInPlan();
  const ToolCatalog catalog(*plan);
  ASSERT_NE(catalog.all().Find("run-job"), nullptr);
  EXPECT_EQ(catalog.all().Find("run-job")->operation().id, "northflank-jobs.runjob");
  EXPECT_EQ(catalog.all().Find("Run-Job"), nullptr);
  EXPECT_EQ(catalog.all().Find(""), nullptr);
}

TEST(ToolCatalogTest, SharedNamesCarryTheNamespaceWhereTheyMeet) {
  const auto compiled = plan::CompileTexts(
      {{"a.yaml", File("first", "list-tasks")}, {"b.yaml", File("second", "list-tasks")}});
  ASSERT_NE(compiled.plan, nullptr);
  const ToolCatalog catalog(*compiled.plan);
  EXPECT_THAT(NamesOf(catalog.all()), ElementsAre("first-list-tasks", "second-list-tasks"));
  EXPECT_THAT(NamesOf(*catalog.ForNamespace("second")), ElementsAre("list-tasks"));
  EXPECT_EQ(catalog.all().tools()[0].title, "List tasks (The first API)");
}

TEST(ToolCatalogTest, ACompositionOfOneApiIsServedThereToo) {
  const auto compiled =
      plan::CompileTexts({{"a.yaml", File("first", "list-tasks")},
                          {"b.yaml", absl::StrCat(File("second", "list-rows"), R"(  - type: mcp
    namespace: composed
    tools:
    - {name: greet, outputParameters: {text: {type: string, value: Hello}}}
    - name: twice
      steps:
        one: {type: call, call: second.get}
        two: {type: call, call: second.get}
    - name: both
      steps:
        one: {type: call, call: first.get}
        two: {type: call, call: second.get}
)")}});
  ASSERT_NE(compiled.plan, nullptr);
  const ToolCatalog catalog(*compiled.plan);
  EXPECT_EQ(catalog.all().tools().size(), 5u);
  EXPECT_THAT(NamesOf(*catalog.ForNamespace("second")), ElementsAre("list-rows", "twice"));
  EXPECT_THAT(NamesOf(*catalog.ForNamespace("first")), ElementsAre("list-tasks"));
  EXPECT_EQ(catalog.ForNamespace("composed"), nullptr);
}

TEST(ToolCatalogTest, LimitsMayBeSetForOneTool) {
  const auto plan = openapi::BuiltInPlan();
  ToolOptions options;
  options.limits_of["run-job"].text_bytes = 5;
  options.limits_of["create-job"].text_bytes = 5000;
  const ToolCatalog catalog(*plan, options);
  EXPECT_EQ(catalog.all().Find("run-job")->limits.text_bytes, 1000u);
  EXPECT_EQ(catalog.all().Find("create-job")->limits.text_bytes, 5000u);
  EXPECT_EQ(catalog.all().Find("list-tasks")->limits.text_bytes, 60'000u);
}

TEST(ToolCatalogTest, InstructionsSayWhatToUseWhen) {
  const auto plan = openapi::BuiltInPlan();
  const ToolCatalog catalog(*plan);
  EXPECT_THAT(catalog.all().instructions(),
              HasSubstr("Render Public API — Workflow Tasks (Beta). Read with list-task-runs, "
                        "retrieve-task-run, list-tasks, retrieve-task. Follow events with "
                        "stream-realtime-events-sse. Change with run-task. Destructive: "
                        "cancel-task-run."));
  EXPECT_LT(catalog.all().instructions().size(), 2048u);
}

TEST(ToolCatalogTest, InstructionsStayShortHoweverManyToolsThereAre) {
  std::vector<std::pair<std::string, std::string>> files;
  files.reserve(60);
  for (int i = 0; i < 60; ++i) {
    files.emplace_back(absl::StrCat(i),
                       File(absl::StrCat("api", i), absl::StrCat("a-tool-with-a-name-", i)));
  }
  const auto compiled = plan::CompileTexts(files);
  ASSERT_NE(compiled.plan, nullptr);
  const std::string text = ToolCatalog(*compiled.plan).all().instructions();
  EXPECT_LT(text.size(), 2048u);
  EXPECT_THAT(text, HasSubstr(" more APIs."));
}

TEST(ToolCatalogTest, AnApisEndpointHasTheSameJsonWhereItsNamesAreTheSame) {
  const auto compiled = plan::CompileTexts({{"a.yaml", File("first", "list-tasks")},
                                            {"b.yaml", File("second", "list-tasks")},
                                            {"c.yaml", File("third", "list-rows")}});
  ASSERT_NE(compiled.plan, nullptr);
  const ToolCatalog catalog(*compiled.plan);
  EXPECT_EQ(catalog.ForNamespace("third")->tools()[0].json, catalog.all().tools()[2].json);
  EXPECT_THAT(catalog.ForNamespace("second")->tools()[0].json,
              HasSubstr("{\"name\":\"list-tasks\""));
}

TEST(ToolCatalogTest, APlanWithoutToolsHasAnEmptyEndpoint) {
  const auto compiled = plan::CompileText(plan::ApiHead());
  ASSERT_NE(compiled.plan, nullptr);
  EXPECT_TRUE(ToolCatalog(*compiled.plan).all().tools().empty());
}

}  // namespace
}  // namespace portico::mcp
