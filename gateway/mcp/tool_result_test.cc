#include "gateway/mcp/tool_result.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "absl/strings/str_cat.h"
#include "core/invoke/failure_table.h"
#include "core/plan/compile_fixture.h"
#include "gateway/mcp/tool_catalog.h"
#include "gateway/openapi/openapi_fixture.h"

namespace portico::mcp {
namespace {

using nlohmann::json;
using testing::HasSubstr;

class ToolResultTest : public testing::Test {
 protected:
  const ServedTool& Tool(const std::string& name) const { return *catalog_.all().Find(name); }

  std::string Result(const std::string& tool, int status, const std::string& body,
                     const std::string& type = "application/json") const {
    invoke::Outcome outcome;
    outcome.head.status = status;
    outcome.head.headers = {{"Content-Type", type}};
    if (status == 429) outcome.head.headers.push_back({"Retry-After", "10"});
    outcome.body = body;
    return Of(tool, outcome);
  }

  std::string Failure(const std::string& tool, upstream::Failure failure) const {
    invoke::Outcome outcome;
    outcome.end.failure = failure;
    outcome.end.request_sent = true;
    return Of(tool, outcome);
  }

  std::string Of(const std::string& tool, const invoke::Outcome& outcome) const {
    const ServedTool& served = Tool(tool);
    return ResultOf(served, outcome, plan_->upstreams()[served.operation().upstream],
                    absl::UnixEpoch());
  }

  // The text of a result, which must be a failure.
  static std::string Problem(const std::string& result) {
    const json parsed = json::parse(result);
    EXPECT_EQ(parsed["isError"], true) << result;
    EXPECT_FALSE(parsed.contains("structuredContent"));
    return parsed["content"][0]["text"];
  }

  const std::shared_ptr<const plan::Plan> plan_ = openapi::BuiltInPlan();
  const ToolCatalog catalog_{*plan_};
};

TEST_F(ToolResultTest, AnObjectIsPassedOnInItsOwnSpelling) {
  EXPECT_EQ(
      Result("backstage-get-task-id", 200, "{ \"n\": 1.0e2,\n \"big\": 12345678901234567890 }\n"),
      R"({"content":[{"type":"text","text":"{\"n\":1.0e2,\"big\":12345678901234567890}"}],)"
      R"("structuredContent":{"n":1.0e2,"big":12345678901234567890},"isError":false})");
}

TEST_F(ToolResultTest, AnythingElseIsWrapped) {
  for (const char* body : {"[1,2]", "\"text\"", "null", "5"}) {
    const json result = json::parse(Result("list-tasks", 200, body));
    EXPECT_EQ(result["structuredContent"], json({{"result", json::parse(body)}}));
    EXPECT_EQ(json::parse(result["content"][0]["text"].get<std::string>()),
              result["structuredContent"]);
  }
}

TEST_F(ToolResultTest, NoBodyIsNullAndSaysSo) {
  const json result = json::parse(Result("cancel-task-run", 204, ""));
  EXPECT_EQ(result["structuredContent"]["result"], nullptr);
  EXPECT_EQ(result["structuredContent"]["notice"],
            "HTTP 204: done; the API answers without a body.");
  EXPECT_EQ(result["isError"], false);
}

TEST_F(ToolResultTest, ALongAnswerIsCutAndSaysHowToAskForLess) {
  std::string body = "{\"tasks\":[";
  for (int i = 0; i < 2000; ++i)
    absl::StrAppend(&body, i ? "," : "", "{\"id\":\"ä", i, "\",\"spec\":{\"a\":[1,2,3]}}");
  body += "],\"totalTasks\":2000}";
  const json result = json::parse(Result("backstage-list-scaffolder-tasks", 200, body));
  const std::string text = result["content"][0]["text"];
  EXPECT_LE(text.size(), 60'000u);
  EXPECT_GT(text.size(), 50'000u);
  EXPECT_EQ(json::parse(text), result["structuredContent"]);
  EXPECT_EQ(result["structuredContent"]["truncated"], true);
  EXPECT_EQ(result["structuredContent"]["tasks"][0],
            json::parse(R"({"id":"ä0","spec":{"a":[1,2,3]}})"));
  EXPECT_EQ(
      result["structuredContent"]["notice"],
      absl::StrCat("Cut: the whole answer has ", body.size(),
                   " bytes, at most 60000 are passed on; its end is missing. Ask for less with "
                   "`createdBy`, `status`, `order`, `limit`, `offset`."));
}

TEST_F(ToolResultTest, AnAnswerThatSaysTruncatedItselfIsWrappedBeforeItIsCut) {
  const std::string body =
      absl::StrCat(R"({"truncated":false,"text":")", std::string(70'000, 'x'), "\"}");
  const json result = json::parse(Result("list-tasks", 200, body))["structuredContent"];
  EXPECT_EQ(result["truncated"], true);
  EXPECT_EQ(result["result"]["truncated"], false);
}

TEST_F(ToolResultTest, AnErrorNamesStatusCallMessageAndTheNextStep) {
  EXPECT_EQ(
      Problem(Result("backstage-get-task-id", 404,
                     R"({"error":{"name":"NotFoundError","message":"No task with id 'x'"}})")),
      "HTTP 404 from GET /v2/tasks/{taskId}: No task with id 'x'\n"
      "Check `taskId`: nothing of that name is there.");
  EXPECT_EQ(Problem(Result("list-tasks", 429, R"({"message":"too many"})")),
            "HTTP 429 from GET /tasks: too many\nRetry after 10 s.");
  EXPECT_THAT(Problem(Result("list-tasks", 401, R"({"message":"unauthorized"})")),
              HasSubstr("whoever runs Portico must replace it"));
}

TEST_F(ToolResultTest, AnErrorOfFieldsListsThem) {
  EXPECT_EQ(Problem(Result("backstage-create-scaffolder-task", 400,
                           R"({"errors":[{"path":["name"],"message":"is required"}]})")),
            "HTTP 400 from POST /v2/tasks: name: is required\n- name: is required\n"
            "Correct the arguments and call again.");
}

TEST_F(ToolResultTest, ATimeoutNamesTheTimeAndWarnsOfRepeating) {
  EXPECT_THAT(Problem(Failure("list-tasks", upstream::Failure::kDeadline)),
              HasSubstr("GET /tasks: upstream timed out after 50s\nTry again later."));
  EXPECT_THAT(Problem(Failure("run-task", upstream::Failure::kDeadline)),
              HasSubstr("may have been carried out"));
}

TEST_F(ToolResultTest, ALostConnectionWarnsOfRepeatingWhatChangesThings) {
  EXPECT_THAT(Problem(Failure("run-job", upstream::Failure::kConnectionLost)),
              HasSubstr("may have been carried out"));
  EXPECT_THAT(Problem(Failure("list-tasks", upstream::Failure::kConnectionLost)),
              HasSubstr("Try again in some seconds."));
}

TEST_F(ToolResultTest, AnswersThatAreNotJsonAreFailuresOfATypedService) {
  EXPECT_THAT(Problem(Result("list-tasks", 200, "<html>", "text/html")),
              HasSubstr("it is not JSON"));
  EXPECT_THAT(Problem(Result("list-tasks", 200, "{\"a\":")), HasSubstr("it is not JSON"));
}

TEST_F(ToolResultTest, PorticosRefusalsUseTheArgumentsNames) {
  const ServedTool& tool = Tool("run-job");
  EXPECT_EQ(Problem(ErrorResult(
                tool, invoke::InvalidFields(tool.operation(), {{"jobId", "must not be \"..\""}}))),
            "Not sent: POST /projects/{projectId}/jobs/{jobId}/run\n- jobId: must not be \"..\"\n"
            "Correct the arguments and call again.");
  EXPECT_THAT(
      Problem(ErrorResult(tool, invoke::CredentialNotConfigured(tool.operation(), {"KEY"}))),
      HasSubstr("set the environment variable KEY"));
}

TEST_F(ToolResultTest, ProblemsOfArgumentsAreListed) {
  EXPECT_EQ(
      Problem(ArgumentProblems(Tool("run-job"), {"a: x", "b: y"})),
      "Not sent: the arguments of run-job are wrong. Correct them and call again.\n- a: x\n- b: y");
}

TEST_F(ToolResultTest, ResultsAreOneLineOfUtf8) {
  const std::string result = ProblemResult("a\nb\xFF");
  EXPECT_EQ(result.find('\n'), std::string::npos);
  EXPECT_EQ(Problem(result), "a\nb\xEF\xBF\xBD");
}

class UntypedResultTest : public testing::Test {
 protected:
  json Result(const std::string& type, const std::string& body) const {
    invoke::Outcome outcome;
    outcome.head.status = 200;
    outcome.head.headers = {{"Content-Type", type}};
    outcome.body = body;
    return json::parse(ResultOf(catalog_.all().tools()[0], outcome, compiled_.plan->upstreams()[0],
                                absl::UnixEpoch()));
  }

  const plan::Compiled compiled_ =
      plan::CompileText(plan::ApiHead() +
                        "    - {path: /a, operations: [{name: get, method: GET}]}\n"
                        "  exposes:\n"
                        "  - {type: mcp, namespace: m, tools: [{name: t, call: tasks.get}]}\n");
  const ToolCatalog catalog_{*compiled_.plan};
};

TEST_F(UntypedResultTest, TextIsTheResult) {
  EXPECT_EQ(Result("text/csv; charset=utf-8", "a,b\n")["structuredContent"],
            json({{"result", "a,b\n"}}));
}

TEST_F(UntypedResultTest, AnImageIsABlockOfItsOwn) {
  const json result = Result("image/png", "\x89PNG");
  EXPECT_EQ(result["content"][1],
            json({{"type", "image"}, {"data", "iVBORw=="}, {"mimeType", "image/png"}}));
  EXPECT_EQ(result["structuredContent"]["bytes"], 4);
  EXPECT_EQ(result["isError"], false);
}

TEST_F(UntypedResultTest, WhatSaysJsonAndIsNoneIsAFailure) {
  EXPECT_EQ(Result("application/problem+json", "{")["isError"], true);
  EXPECT_EQ(Result("application/zip", std::string(4 << 20, '\xFF'))["isError"], true);
}

}  // namespace
}  // namespace portico::mcp
