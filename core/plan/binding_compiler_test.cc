#include "core/plan/binding_compiler.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/substitute.h"
#include "core/plan/compile_fixture.h"

namespace portico::plan {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr char kRoute[] = "capability.exposes[0].resources[0].operations[0]";

// The operation `op` of /x/{taskId} with an optional `limit`, a required `kind`,
// an `Accept` and a body, called from a route (line 21) and a tool (line 26).
// `with` is a flow mapping in lines 23 and 27, or empty.
Compiled Compile(const std::string& route_path, const std::string& with,
                 const std::string& inputs =
                     "[{name: limit, in: query}, {name: kind, in: query, required: true}, {name: "
                     "Accept, in: header}, {name: payload, in: body}]") {
  const std::string line = with.empty() ? "" : "with: " + with;
  return CompileText(ApiHead() +
                     "    - path: /x/{taskId}\n"  // 7
                     "      operations:\n"        // 8
                     "      - name: op\n"         // 9
                     "        method: POST\n"     // 10
                     "        inputParameters: " +
                     inputs +
                     "\n"                     // 11
                     "  exposes:\n"           // 12
                     "  - type: rest\n"       // 13
                     "    namespace: door\n"  // 14
                     "    resources:\n"       // 15
                     "    - path: " +
                     route_path +
                     "\n"                        // 16
                     "      operations:\n"       // 17
                     "      - method: POST\n"    // 18
                     "        call: tasks.op\n"  // 19
                     "        " +
                     line +
                     "\n"                      // 20
                     "  - type: mcp\n"         // 21
                     "    tools:\n"            // 22
                     "    - name: op\n"        // 23
                     "      call: tasks.op\n"  // 24
                     "      " +
                     line + "\n");  // 25
}

std::vector<std::string> RouteBindings(const Compiled& compiled) {
  return compiled.plan == nullptr ? compiled.findings
                                  : Printed(compiled.plan->routes().at(0).bindings);
}
std::vector<std::string> ToolBindings(const Compiled& compiled) {
  return compiled.plan == nullptr ? compiled.findings
                                  : Printed(compiled.plan->tools().at(0).bindings);
}

TEST(BindingCompilerTest, WithoutWithEveryInputIsTheCallersOfThatName) {
  const Compiled compiled = Compile("/v1/x/{taskid}", "");
  EXPECT_THAT(compiled.findings, IsEmpty());
  EXPECT_THAT(RouteBindings(compiled),
              ElementsAre("taskid->taskId", "limit->limit", "kind->kind", "body->body"));
  EXPECT_THAT(ToolBindings(compiled),
              ElementsAre("taskId->taskId", "limit->limit", "kind->kind", "body->body"));
}

TEST(BindingCompilerTest, ReferencesNameTheCallersValue) {
  for (const char* door : {"rest", "tools", "door"}) {
    const std::string ref(door);
    const Compiled compiled =
        Compile("/v1/x/{taskid}",
                absl::Substitute(
                    "{taskId: $0.taskId, limit: $0.max, kind: $0.a.b, payload: $0.body}", ref));
    if (ref == "door") {
      // The tool's door has no namespace, so to it this is a constant.
      EXPECT_THAT(ToolBindings(compiled),
                  ElementsAre("='door.taskId'->taskId", "='door.max'->limit", "='door.a.b'->kind",
                              "='door.body'->body"));
    } else {
      EXPECT_THAT(ToolBindings(compiled),
                  ElementsAre("taskId->taskId", "max->limit", "a.b->kind", "body->body"));
    }
    EXPECT_THAT(RouteBindings(compiled),
                ElementsAre("taskid->taskId", "max->limit", "a.b->kind", "body->body"));
  }
}

TEST(BindingCompilerTest, OtherTextsAreConstants) {
  const Compiled compiled =
      Compile("/v1/x/{taskid}", "{limit: 10, kind: restful, payload: '{\"a\":1}'}");
  EXPECT_THAT(compiled.findings, IsEmpty());
  EXPECT_THAT(RouteBindings(compiled), ElementsAre("='10'->limit", "='restful'->kind",
                                                   "='{\"a\":1}'->body", "taskid->taskId"));
}

TEST(BindingCompilerTest, WhatWithLeavesOutIsNotSentUnlessTheCallNeedsIt) {
  const Compiled compiled = Compile("/v1/x/{taskid}", "{kind: rest.kind}");
  EXPECT_THAT(compiled.findings, IsEmpty());
  EXPECT_THAT(RouteBindings(compiled), ElementsAre("kind->kind", "taskid->taskId"));
}

TEST(BindingCompilerTest, ARequiredInputThatWithLeavesOutIsTheCallersWithAWarning) {
  const Compiled compiled = Compile("/v1/x/{taskid}", "{}");
  EXPECT_THAT(compiled.findings,
              ElementsAre("f.yaml:18: warning: " + std::string(kRoute) +
                              ".with: leaves out \"kind\", which tasks.op requires; the caller's "
                              "value of that name is taken",
                          "f.yaml:23: warning: capability.exposes[1].tools[0].with: leaves out "
                          "\"kind\", which tasks.op requires; the caller's value of that name is "
                          "taken"));
  EXPECT_THAT(RouteBindings(compiled), ElementsAre("taskid->taskId", "kind->kind"));
}

TEST(BindingCompilerTest, ARequiredBodyIsNeverLeftOut) {
  const Compiled compiled =
      Compile("/v1/x/{taskid}", "{}", "[{name: body, in: body, required: true}]");
  EXPECT_EQ(compiled.findings.size(), 2u);
  EXPECT_THAT(RouteBindings(compiled), ElementsAre("taskid->taskId", "body->body"));
}

TEST(BindingCompilerTest, CapturesFeedTheNamesThatTheyFoldTo) {
  for (const char* capture : {"taskid", "taskId", "task-id", "TASK_ID"}) {
    const Compiled compiled =
        Compile("/v1/x/{" + std::string(capture) + "}", "{task_id: rest.taskId, kind: rest.k}");
    EXPECT_THAT(compiled.findings, IsEmpty()) << capture;
    EXPECT_THAT(RouteBindings(compiled), ElementsAre(std::string(capture) + "->taskId", "k->kind"));
  }
}

TEST(BindingCompilerTest, APathInputThatNoCaptureGivesComesFromTheCallByItsName) {
  // The published rule turns /x/{taskId}.json into a literal.
  const Compiled compiled = Compile("/v1/x/taskid-json", "");
  EXPECT_THAT(compiled.findings, IsEmpty());
  EXPECT_EQ(RouteBindings(compiled).at(0), "taskId->taskId");
}

TEST(BindingCompilerTest, ACaptureThatFeedsNothingIsWarnedOf) {
  const Compiled compiled = Compile("/v1/{taskid}/{kinds}", "");
  EXPECT_THAT(compiled.findings,
              ElementsAre("f.yaml:18: warning: " + std::string(kRoute) +
                          ": the path captures {kinds}, which feeds no input of tasks.op; did you "
                          "mean \"kind\"?"));
}

TEST(BindingCompilerTest, AnInputThatTheOperationLacksIsAnError) {
  const Compiled compiled = Compile("/v1/x/{taskid}", "{kind: rest.k, limits: rest.limit}");
  EXPECT_THAT(compiled.findings,
              ElementsAre("f.yaml:20: error: " + std::string(kRoute) +
                              ".with.limits: is not an input of tasks.op; did you mean \"limit\"?",
                          "f.yaml:25: error: capability.exposes[1].tools[0].with.limits: is not an "
                          "input of tasks.op; did you mean \"limit\"?"));
}

TEST(BindingCompilerTest, AcceptUnderWithIsPassedOver) {
  const Compiled compiled = Compile("/v1/x/{taskid}", "{kind: rest.k, Accept: rest.Accept}");
  EXPECT_THAT(compiled.findings, IsEmpty());
  EXPECT_THAT(RouteBindings(compiled), ElementsAre("k->kind", "taskid->taskId"));
}

TEST(BindingCompilerTest, AConstantAcceptThatIsNotSentIsWarnedOf) {
  const Compiled compiled = Compile("/v1/x/{taskid}", "{kind: rest.k, Accept: text/xml}");
  ASSERT_EQ(compiled.findings.size(), 2u);
  EXPECT_EQ(compiled.findings[0], "f.yaml:20: warning: " + std::string(kRoute) +
                                      ".with.Accept: has no effect: Accept is not taken from "
                                      "callers");
  const Compiled stream = Compile("/v1/x/{taskid}", "{Accept: text/event-stream}",
                                  "[{name: Accept, in: header, description: text/event-stream}]");
  EXPECT_THAT(stream.findings, IsEmpty());
}

TEST(BindingCompilerTest, NamesThePlaceOfWhatCannotBeBound) {
  struct Row {
    const char* with;
    const char* finding;
  };
  for (const Row& row : {
           Row{"{kind: rest.k, taskId: rest.taskId, task_id: b}",
               ".with.task_id: feeds \"taskId\" a second time"},
           Row{"{kind: rest.}", ".with.kind: names no value of the caller after the \".\""},
           Row{"{kind: a, taskId: ''}", ".with.taskId: must not be empty: it is part of the path"},
           Row{"{kind: \"a\\nb\"}", ".with.kind: holds a control character"},
       }) {
    const Compiled compiled = Compile("/v1/x/{taskid}", row.with);
    EXPECT_EQ(compiled.plan, nullptr);
    EXPECT_THAT(compiled.findings,
                testing::Contains("f.yaml:20: error: " + std::string(kRoute) + row.finding));
  }
}

TEST(BindingCompilerTest, ATemplateIsSentAsWrittenWithAWarning) {
  const Compiled compiled = Compile("/v1/x/{taskid}", "{kind: '{{kind}}'}");
  ASSERT_EQ(compiled.findings.size(), 2u);
  EXPECT_EQ(compiled.findings[0],
            "f.yaml:20: warning: " + std::string(kRoute) +
                ".with.kind: is sent as it is written: it names no declared input alone, and no "
                "variable, which is {{env.NAME}} in the \"with\" of a \"call\"; a caller's value "
                "is rest.NAME or tools.NAME");
  EXPECT_EQ(RouteBindings(compiled).at(0), "='{{kind}}'->kind");
}

TEST(BindingCompilerTest, VendorInputsAreTheCallersUnlessTheNameIsTaken) {
  DraftOperation drafted;
  drafted.operation = std::make_unique<Operation>();
  for (const char* name : {"page", "limit"}) {
    Parameter parameter;
    parameter.name = name;
    parameter.source = ParameterSource::kVendor;
    drafted.operation->parameters.push_back(parameter);
  }
  drafted.operation->body = BodyUse::kOptional;
  std::vector<Binding> bindings = {{"limit", "", "max"}};
  BindVendorInputs(drafted, &bindings);
  EXPECT_THAT(Printed(bindings), ElementsAre("limit->max", "page->page", "body->body"));
}

TEST(BindingCompilerTest, ABodyThatTheFileDeclaresIsNoVendorInput) {
  DraftOperation drafted;
  drafted.operation = std::make_unique<Operation>();
  drafted.operation->body = BodyUse::kOptional;
  drafted.body_name = "payload";
  std::vector<Binding> bindings;
  BindVendorInputs(drafted, &bindings);
  EXPECT_THAT(bindings, IsEmpty());
}

}  // namespace
}  // namespace portico::plan
