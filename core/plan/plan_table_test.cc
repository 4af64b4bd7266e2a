#include "core/plan/plan_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/plan/compile_fixture.h"

namespace portico::plan {
namespace {

TEST(PlanTableTest, AlignsOneRowPerOperation) {
  const Compiled compiled = CompileText(R"(naftiko: 1
capability:
  consumes:
  - namespace: tasks
    baseUri: https://api.example
    authentication: {type: bearer, token: t}
    resources:
    - path: /x/{id}/eventstream
      operations: [{name: watch, method: GET}]
    - path: /x
      operations: [{name: create, method: POST}, {name: hidden, method: GET}]
  - namespace: other
    resources: []
  exposes:
  - type: rest
    resources:
    - path: /v1/x
      operations: [{method: POST, call: tasks.create}, {method: PUT, call: tasks.create}]
  - type: mcp
    tools:
    - {name: watch-x, call: tasks.watch}
)");
  ASSERT_NE(compiled.plan, nullptr);
  EXPECT_EQ(
      DescribePlan(*compiled.plan),
      "tasks  https://api.example  bearer token\n"
      "  OPERATION  UPSTREAM                    RPC                           ROUTE       TOOL\n"
      "  watch      GET /x/{id}/eventstream =>  tasks.v1.TasksService/WatchX  -           watch-x\n"
      "  create     POST /x                     tasks.v1.TasksService/Create  POST /v1/x  -\n"
      "                                                                       PUT /v1/x\n"
      "  hidden     GET /x                      -                             -           -\n"
      "\n"
      "other  (no base URI)  no authentication\n"
      "  OPERATION  UPSTREAM  RPC  ROUTE  TOOL\n");
}

TEST(PlanTableTest, ACompositionListsWhatItCalls) {
  const Compiled compiled =
      CompileText(ApiHead() +
                  "    - {path: /x, operations: [{name: a, method: GET}]}\n"
                  "  exposes:\n  - type: mcp\n    tools:\n"
                  "    - {name: t, steps: [{name: s, call: tasks.a}]}\n"
                  "    - {name: m, outputParameters: [{name: v, value: x}]}\n");
  ASSERT_NE(compiled.plan, nullptr);
  EXPECT_THAT(DescribePlan(*compiled.plan), testing::HasSubstr("tasks.a"));
  EXPECT_THAT(DescribePlan(*compiled.plan),
              testing::HasSubstr("(of several APIs, or none)\n  OPERATION"));
}

TEST(PlanTableTest, SaysWhoMayCallAndWhatIsRead) {
  const Compiled compiled = CompileText(ApiHead() + R"(    - path: /a
      operations: [{name: a, method: GET}]
  exposes:
  - type: mcp
    authentication: {type: bearer, token: t}
    tools: [{name: a, call: tasks.a}]
    resources: [{name: r, uri: 'a://r', call: tasks.a}]
  - type: mcp
    prompts: [{name: p, template: [{role: user, content: x}]}]
)");
  ASSERT_NE(compiled.plan, nullptr);
  const std::string text = DescribePlan(*compiled.plan);
  EXPECT_EQ(text.substr(text.find("\nNot for")),
            "\nNot for everybody\n"
            "  callers with bearer token (f.yaml:11): 1 RPCs, 0 routes, 1 tools\n"
            "\nFor MCP clients to read\n"
            "  KIND      NAME  URI    FROM         CALLERS\n"
            "  resource  r     a://r  tasks.a      bearer token\n"
            "  prompt    p            0 arguments  anybody\n");
}

}  // namespace
}  // namespace portico::plan
