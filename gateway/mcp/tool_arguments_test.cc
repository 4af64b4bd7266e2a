#include "gateway/mcp/tool_arguments.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "core/plan/compile_fixture.h"
#include "gateway/mcp/tool_catalog.h"
#include "gateway/openapi/openapi_fixture.h"

namespace portico::mcp {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class ToolArgumentsTest : public testing::Test {
 protected:
  std::vector<std::string> Place(const std::string& tool, const std::string& arguments) {
    call_ = {};
    return PlaceArguments(*catalog_.all().Find(tool), arguments, &call_);
  }

  // What the parameter of that name is given.
  std::vector<std::string> Given(const std::string& parameter) const {
    for (std::size_t i = 0; i < call_.operation->parameters.size(); ++i) {
      if (call_.operation->parameters[i].name == parameter) return call_.arguments.parameters[i];
    }
    ADD_FAILURE() << "no parameter " << parameter;
    return {};
  }

  const std::shared_ptr<const plan::Plan> plan_ = openapi::BuiltInPlan();
  const ToolCatalog catalog_{*plan_};
  invoke::Call call_;
};

TEST_F(ToolArgumentsTest, PlaceholdersThatTheFileDoesNotDeclareAreArguments) {
  EXPECT_THAT(Place("retrieve-task-run", R"({"taskRunId":"trn-1/2"})"), IsEmpty());
  EXPECT_EQ(call_.operation->id, "render-workflow-tasks-beta.gettaskrun");
  EXPECT_THAT(Given("taskRunId"), ElementsAre("trn-1/2"));
  EXPECT_FALSE(call_.arguments.send_body);
}

TEST_F(ToolArgumentsTest, MissingArgumentsMeanNone) {
  EXPECT_THAT(Place("list-tasks", ""), IsEmpty());
  EXPECT_THAT(Place("list-tasks", "null"), IsEmpty());
  EXPECT_THAT(Place("run-job", ""),
              ElementsAre("jobId: is required: expected a string, got nothing",
                          "projectId: is required: expected a string, got nothing"));
}

TEST_F(ToolArgumentsTest, ListsBecomeSeveralTexts) {
  EXPECT_THAT(Place("list-task-runs", R"({"rootTaskRunId":["a","b,c"],"limit":20})"), IsEmpty());
  EXPECT_THAT(Given("rootTaskRunId"), ElementsAre("a", "b,c"));
  EXPECT_THAT(Given("limit"), ElementsAre("20"));
  EXPECT_THAT(Place("list-task-runs", R"({"rootTaskRunId":"a","limit":"20"})"), IsEmpty());
  EXPECT_THAT(Given("rootTaskRunId"), ElementsAre("a"));
  EXPECT_THAT(Given("limit"), ElementsAre("20"));
}

TEST_F(ToolArgumentsTest, TheBodyKeepsTheCallersSpelling) {
  const std::string body =
      R"({"templateRef":"quick","values":{"n":1.0,"big":12345678901234567890123}})";
  EXPECT_THAT(Place("backstage-create-scaffolder-task", "{\"body\": " + body + "}"), IsEmpty());
  EXPECT_EQ(call_.arguments.body, body);
  EXPECT_TRUE(call_.arguments.send_body);
}

TEST_F(ToolArgumentsTest, ABodySentAsAStringIsTheObjectInIt) {
  EXPECT_THAT(Place("run-task", R"({"body":"{\"task\":\"a/b\",\"input\":\"[1]\"}"})"), IsEmpty());
  EXPECT_EQ(call_.arguments.body, R"({"task":"a/b","input":"[1]"})");
}

TEST_F(ToolArgumentsTest, MembersOfTheBodyAreCheckedAndNamedByPath) {
  EXPECT_THAT(Place("run-task", R"({"body":{"task":7}})"),
              ElementsAre("body.task: expected a string, got the number 7",
                          "body.input: is required: expected a value, got nothing"));
  EXPECT_THAT(
      Place("create-job", R"({"projectId":"p","body":{"name":"j","billing":{},
                                     "deployment":{"docker":{"configType":1}}}})"),
      ElementsAre("body.deployment.docker.configType: expected a string, got the number 1"));
}

TEST_F(ToolArgumentsTest, MembersThatAreUnknownGoUpstream) {
  EXPECT_THAT(Place("run-task", R"({"body":{"task":"a/b","input":[],"extra":{"x":1e400}}})"),
              IsEmpty());
  EXPECT_THAT(call_.arguments.body, HasSubstr(R"("extra":{"x":1e400})"));
}

TEST_F(ToolArgumentsTest, ABodyThatIsOptionalAndEmptyIsNotSent) {
  EXPECT_THAT(Place("run-job", R"({"projectId":"p","jobId":"j","body":{}})"), IsEmpty());
  EXPECT_FALSE(call_.arguments.send_body);
}

TEST_F(ToolArgumentsTest, ArgumentsThatAreUnknownAreRefused) {
  EXPECT_THAT(Place("backstage-get-task-id", R"({"taskID":"x"})"),
              ElementsAre("taskID: is unknown; did you mean \"taskId\"? (the tool takes taskId)",
                          "taskId: is required: expected a string, got nothing"));
  EXPECT_THAT(Place("stream-realtime-events-sse", R"({"taskRunIds":["a"],"Accept":"x"})"),
              ElementsAre(HasSubstr("Accept: is unknown")));
}

TEST_F(ToolArgumentsTest, ArgumentsMustBeAnObject) {
  EXPECT_THAT(Place("list-tasks", "[]"),
              ElementsAre("arguments: expected an object, got an array"));
  EXPECT_THAT(Place("list-tasks", "{"), ElementsAre(HasSubstr("arguments: must be a JSON object")));
}

TEST(ToolArgumentsOfFilesTest, ConstantsAndRenamedArgumentsArePlaced) {
  const auto compiled = plan::CompileText(plan::ApiHead() +
                                          "    - path: /{id}\n"
                                          "      operations:\n"
                                          "      - name: get\n"
                                          "        method: GET\n"
                                          "        inputParameters:\n"
                                          "        - {name: 'a[b]', in: query, type: boolean}\n"
                                          "        - {name: kind, in: query, type: string}\n"
                                          "  exposes:\n"
                                          "  - type: mcp\n"
                                          "    namespace: m\n"
                                          "    tools:\n"
                                          "    - {name: t, call: tasks.get, with: {id: tools.it, "
                                          "kind: fixed, 'a[b]': 'tools.a[b]'}}\n");
  ASSERT_NE(compiled.plan, nullptr);
  const ToolCatalog catalog(*compiled.plan);
  invoke::Call call;
  EXPECT_THAT(PlaceArguments(catalog.all().tools()[0], R"({"it":"x","a_b_":"true"})", &call),
              IsEmpty());
  EXPECT_THAT(call.arguments.parameters,
              ElementsAre(ElementsAre("x"), ElementsAre("true"), ElementsAre("fixed")));
}

}  // namespace
}  // namespace portico::mcp
