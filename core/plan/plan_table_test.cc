#include "core/plan/plan_table.h"

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

}  // namespace
}  // namespace portico::plan
