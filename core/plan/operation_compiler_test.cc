#include "core/plan/operation_compiler.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "core/plan/compile_fixture.h"

namespace portico::plan {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// One operation of `path` (line 7), whose own line is 9.
Compiled Compile(const std::string& path, const std::string& operation) {
  return CompileText(ApiHead() + "    - path: " + path + "\n      operations:\n      - {" +
                     operation + "}\n");
}

TEST(OperationCompilerTest, KnowsItsNameMethodPathAndPlace) {
  const Compiled compiled =
      Compile("/v1//tasks/{taskId}/", "name: get, method: get, description: one task");
  EXPECT_THAT(compiled.findings, IsEmpty());
  ASSERT_NE(compiled.plan, nullptr);
  const Operation* operation = compiled.plan->FindOperation("tasks.get");
  ASSERT_NE(operation, nullptr);
  EXPECT_EQ(operation->space, "tasks");
  EXPECT_EQ(operation->name, "get");
  EXPECT_EQ(operation->http_method, "GET");
  EXPECT_EQ(operation->path.text(), "/v1//tasks/{taskId}/");
  EXPECT_EQ(operation->description, "one task");
  EXPECT_EQ(operation->place.file, "f.yaml");
  EXPECT_EQ(operation->place.line, 9);
  EXPECT_EQ(operation->upstream, 0u);
  EXPECT_EQ(compiled.plan->FindOperation("tasks.other"), nullptr);
}

TEST(OperationCompilerTest, WhiteSpaceAndFragmentsInPathsAreMended) {
  const Compiled compiled = Compile("'/a b#frag'", "name: get, method: GET");
  EXPECT_THAT(compiled.findings,
              ElementsAre("f.yaml:7: warning: capability.consumes[0].resources[0].path: is called "
                          "as /a%20b"));
  ASSERT_NE(compiled.plan, nullptr);
  EXPECT_EQ(compiled.plan->operations()[0]->path.text(), "/a%20b");
}

TEST(OperationCompilerTest, APathThatCannotBeReadIsAnError) {
  EXPECT_THAT(Compile("'/a/{id'", "name: get, method: GET").findings,
              ElementsAre("f.yaml:7: error: capability.consumes[0].resources[0].path: column 4: "
                          "\"{\" is never closed"));
}

TEST(OperationCompilerTest, AnUnknownMethodIsAnError) {
  EXPECT_THAT(Compile("/a", "name: get, method: GTE").findings,
              ElementsAre("f.yaml:9: error: capability.consumes[0].resources[0].operations[0]"
                          ".method: \"GTE\" is not an HTTP method that is served; did you mean "
                          "\"GET\"?"));
  EXPECT_THAT(Compile("/a", "name: get, method: CONNECT").findings,
              ElementsAre("f.yaml:9: error: capability.consumes[0].resources[0].operations[0]"
                          ".method: \"CONNECT\" is not an HTTP method that is served"));
}

TEST(OperationCompilerTest, RepeatedNamesGetANumber) {
  const Compiled compiled = CompileText(ApiHead() +
                                        "    - path: /a\n      operations:\n"
                                        "      - {name: get, method: GET}\n"
                                        "      - {name: get2, method: PUT}\n"
                                        "      - {name: get, method: POST}\n");
  EXPECT_THAT(compiled.findings,
              ElementsAre("f.yaml:11: warning: capability.consumes[0].resources[0].operations[2]"
                          ".name: \"get\" stands twice in this API; this one is called \"get3\""));
  ASSERT_NE(compiled.plan, nullptr);
  EXPECT_EQ(compiled.plan->FindOperation("tasks.get3")->http_method, "POST");
}

TEST(OperationCompilerTest, StreamsAreSeenByPathOrDescriptionAndAskForEvents) {
  struct Row {
    const char* path;
    const char* operation;
    bool stream;
  };
  for (const Row& row : {
           Row{"/t/{id}/eventstream", "name: a, method: GET", true},
           Row{"/t/{id}/event-stream", "name: a, method: GET", true},
           Row{"/t/events", "name: a, method: GET, description: Stream events (SSE)", true},
           Row{"/t/run", "name: a, method: POST, description: answers text/event-stream", true},
           Row{"/t/eventstream", "name: a, method: POST", false},
           Row{"/t/events", "name: a, method: GET, description: List events", false},
           Row{"/event-streams", "name: geteventstream, method: GET", false},
       }) {
    const Compiled compiled = Compile(row.path, row.operation);
    EXPECT_THAT(compiled.findings, IsEmpty());
    ASSERT_NE(compiled.plan, nullptr);
    const Operation& operation = *compiled.plan->operations()[0];
    EXPECT_EQ(operation.stream, row.stream) << row.path << " " << row.operation;
    ASSERT_EQ(operation.constant_headers.size(), row.stream ? 1u : 0u);
    if (row.stream) {
      EXPECT_EQ(operation.constant_headers[0].name, "Accept");
      EXPECT_EQ(operation.constant_headers[0].value, "text/event-stream");
    }
  }
}

TEST(OperationCompilerTest, WithoutAToolTheMethodGivesTheHints) {
  struct Row {
    const char* method;
    bool read_only, destructive, idempotent;
  };
  for (const Row& row : {Row{"GET", true, false, true}, Row{"HEAD", true, false, true},
                         Row{"OPTIONS", true, false, true}, Row{"PUT", false, false, true},
                         Row{"DELETE", false, true, true}, Row{"POST", false, false, false},
                         Row{"PATCH", false, false, false}}) {
    const Compiled compiled = Compile("/a", absl::StrCat("name: a, method: ", row.method));
    ASSERT_NE(compiled.plan, nullptr);
    const Hints& hints = compiled.plan->operations()[0]->hints;
    EXPECT_EQ(hints.read_only, row.read_only) << row.method;
    EXPECT_EQ(hints.destructive, row.destructive) << row.method;
    EXPECT_EQ(hints.idempotent, row.idempotent) << row.method;
    EXPECT_TRUE(hints.open_world);
  }
}

TEST(OperationCompilerTest, TheWholeBodyIsTheAnswer) {
  for (const char* outputs : {"[{name: result, type: object, value: $.}]",
                              "[{type: array, value: $}]", "[{type: object}]", "[]"}) {
    EXPECT_THAT(
        Compile("/a", absl::StrCat("name: a, method: GET, outputParameters: ", outputs)).findings,
        IsEmpty())
        << outputs;
  }
}

TEST(OperationCompilerTest, OperationsAreBounded) {
  std::string text = ApiHead() + "    - path: /a\n      operations:\n";
  for (std::size_t i = 0; i <= kMaxOperationsOfAnApi; ++i) {
    absl::StrAppend(&text, "      - {name: o", i, ", method: GET}\n");
  }
  EXPECT_THAT(CompileText(text).findings,
              ElementsAre("f.yaml:4: error: capability.consumes[0].resources: an API has at most "
                          "5000 operations"));
}

}  // namespace
}  // namespace portico::plan
