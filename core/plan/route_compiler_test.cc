#include "core/plan/route_compiler.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "core/plan/compile_fixture.h"

namespace portico::plan {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// Operations `get` and `list` of tasks; resources of the REST door follow from line 15 on.
Compiled Compile(const std::string& resources) {
  return CompileText(ApiHead() +
                     "    - path: /x/{id}\n      operations:\n"
                     "      - {name: get, method: GET, description: one}\n"
                     "      - {name: put, method: PUT}\n"
                     "    - path: /x\n      operations: [{name: list, method: GET}]\n"
                     "  exposes:\n  - type: rest\n    resources:\n" +
                     resources);
}

TEST(RouteCompilerTest, ARouteKnowsItsOperationAndDescription) {
  const Compiled compiled = Compile(
      "    - path: /v1/x/{id}\n      operations:\n"
      "      - {method: get, call: tasks.get, description: mine}\n"
      "      - {method: PUT, call: tasks.put}\n");
  EXPECT_THAT(compiled.findings, IsEmpty());
  ASSERT_NE(compiled.plan, nullptr);
  ASSERT_EQ(compiled.plan->routes().size(), 2u);
  const Route& route = compiled.plan->routes()[0];
  EXPECT_EQ(route.http_method, "GET");
  EXPECT_EQ(route.path.text(), "/v1/x/{id}");
  EXPECT_EQ(route.operation, compiled.plan->FindOperation("tasks.get"));
  EXPECT_EQ(route.description, "mine");
  EXPECT_EQ(route.place.line, 18);
}

TEST(RouteCompilerTest, TheOperationsDescriptionServesWhereTheRouteHasNone) {
  const Compiled compiled =
      Compile("    - {path: /v1/x, operations: [{method: GET, call: tasks.get}]}\n");
  ASSERT_NE(compiled.plan, nullptr);
  EXPECT_EQ(compiled.plan->routes()[0].description, "one");
}

TEST(RouteCompilerTest, AnUnknownOperationIsAnErrorWithASuggestion) {
  EXPECT_THAT(Compile("    - path: /v1/x\n      operations:\n      - method: GET\n"
                      "        call: tasks.lits\n")
                  .findings,
              ElementsAre("f.yaml:19: error: capability.exposes[0].resources[0].operations[0].call:"
                          " names unknown operation \"tasks.lits\"; did you mean \"tasks.list\"?"));
}

TEST(RouteCompilerTest, BadPathsAndMethodsAreErrors) {
  EXPECT_THAT(
      Compile("    - {path: v1, operations: [{method: FETCH, call: tasks.list}]}\n").findings,
      ElementsAre("f.yaml:16: error: capability.exposes[0].resources[0].path: column 1: a path "
                  "begins with \"/\"",
                  "f.yaml:16: error: capability.exposes[0].resources[0].operations[0].method: "
                  "\"FETCH\" is not an HTTP method that is served"));
}

TEST(RouteCompilerTest, APathThatCanBeReadInTwoWaysIsAnError) {
  EXPECT_THAT(
      Compile("    - {path: '/v1/{a}{id}', operations: [{method: GET, call: tasks.get}]}\n")
          .findings,
      testing::Contains("f.yaml:16: error: capability.exposes[0].resources[0].path: has two "
                        "placeholders side by side: no request says where the first ends"));
}

TEST(RouteCompilerTest, TheFirstOfTwoRoutesOfOneShapeWins) {
  const Compiled compiled = Compile(
      "    - {path: '/v1/{id}', operations: [{method: GET, call: tasks.get}]}\n"
      "    - {path: '/v1/{name}', operations: [{method: GET, call: tasks.list}]}\n"
      "    - {path: '/v1/{id}', operations: [{method: PUT, call: tasks.put}]}\n"
      "    - {path: '/v1/id', operations: [{method: GET, call: tasks.list}]}\n");
  ASSERT_NE(compiled.plan, nullptr);
  EXPECT_EQ(compiled.plan->routes().size(), 3u);
  EXPECT_EQ(compiled.plan->routes()[0].operation->name, "get");
  EXPECT_EQ(compiled.findings.back(),
            "f.yaml:17: warning: capability.exposes[0].resources[1].operations[0]: the route GET "
            "/v1/{name} is already served from f.yaml:16; this one is left out");
}

TEST(RouteCompilerTest, AShapedAnswerIsAnOperationOfItsOwn) {
  const Compiled compiled = Compile(
      "    - path: /v1/x\n      operations:\n      - method: GET\n        name: ids\n"
      "        call: tasks.list\n        outputParameters:\n"
      "        - {type: string, mapping: $.id}\n");
  ASSERT_NE(compiled.plan, nullptr);
  const Operation& operation = *compiled.plan->routes().at(0).operation;
  EXPECT_EQ(operation.id, "rest.ids");
  EXPECT_NE(operation.composition, nullptr);
  EXPECT_EQ(operation.upstream, 0u);
}

}  // namespace
}  // namespace portico::plan
