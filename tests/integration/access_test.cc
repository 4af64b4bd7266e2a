// Callers that have to show a credential, through the three doors of one process: one
// file with a bearer token over REST and a key over MCP, one with a password, one open.
#include <gmock/gmock.h>
#include <grpcpp/client_context.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "tests/fakes/grpc_caller.h"
#include "tests/fakes/http_caller.h"
#include "tests/fakes/mcp_messages.h"
#include "tests/fakes/running_portico.h"
#include "tests/fakes/scripted_upstream.h"

namespace portico {
namespace {

using fakes::GrpcCaller;
using fakes::HttpCaller;
using fakes::RunningPortico;
using fakes::Script;
using fakes::ScriptedUpstream;
using nlohmann::json;
using testing::HasSubstr;
using testing::Not;
using Response = HttpCaller::Response;

constexpr char kGetTask[] = "backstage.scaffolder.v1.TasksService/GetTask";
constexpr char kListJobs[] = "northflank.jobs.v1.JobsService/ListJobs";
constexpr char kListTasks[] = "render.workflows.v1.WorkflowTasksService/ListTasks";

// A built-in file with a line of its own in the entries of its doors.
std::string WithDoors(const std::string& name, const std::string& rest, const std::string& mcp) {
  std::ifstream stream(absl::StrCat("capabilities/", name, ".yaml"));
  std::string text(std::istreambuf_iterator<char>(stream), {});
  const auto add = [&](const char* type, const std::string& line) {
    if (line.empty()) return;
    const std::string entry = absl::StrCat("  - type: ", type, "\n");
    text = absl::StrReplaceAll(text, {{entry, absl::StrCat(entry, "    ", line, "\n")}});
  };
  add("rest", rest);
  add("mcp", mcp);
  const std::string path = absl::StrCat(testing::TempDir(), "/", name, "-closed.yaml");
  std::ofstream(path) << text;
  return path;
}

// Every variable holds "test-token", as RunningPortico says.
class AccessTest : public testing::Test {
 protected:
  explicit AccessTest(const std::string& token = "test-token")
      : portico_({.upstream = upstream_.base_uri(),
                  .token = token,
                  .configure = [](server::ServeOptions& options) {
                    options.capabilities = {
                        WithDoors("scaffolder-tasks",
                                  "authentication: {type: bearer, token: '{{env.CALLERS}}'}",
                                  "authentication: {type: apikey, key: X-Api-Key, value: "
                                  "'{{env.KEY}}'}"),
                        WithDoors("northflank-jobs",
                                  "authentication: {type: basic, username: me, password: "
                                  "'{{env.PASSWORD}}'}",
                                  ""),
                        "capabilities/render-workflow-tasks-beta.yaml"};
                  }}) {
    upstream_.OnAny(Script::Respond(200, "{}"));
  }

  Response Get(const std::string& target, const std::string& fields = "") {
    HttpCaller caller(portico_.rest_address());
    caller.Request("GET", target, fields);
    return caller.ReadResponse();
  }
  Response Post(const std::string& target, const json& message, const std::string& fields = "") {
    HttpCaller caller(portico_.mcp_address());
    caller.Request("POST", target, fields, message.dump());
    return caller.ReadResponse();
  }
  grpc::StatusCode Rpc(const char* method, const std::string& request, const std::string& name = "",
                       const std::string& value = "") {
    GrpcCaller caller(portico_.address());
    answer_ = caller.Call(method, request, [&](grpc::ClientContext& context) {
      if (!name.empty()) context.AddMetadata(name, value);
    });
    return answer_.status.error_code();
  }
  std::size_t asked() const { return upstream_.requests().size(); }

  ScriptedUpstream upstream_;
  RunningPortico portico_;
  fakes::GrpcAnswer answer_;
};

TEST_F(AccessTest, RestAsksForTheTokenOfItsFile) {
  const Response none = Get("/v1/v2/tasks/t1");
  EXPECT_EQ(none.status, 401);
  EXPECT_EQ(none.Header("www-authenticate"), "Bearer realm=\"scaffolder-tasks-rest\"");
  EXPECT_EQ(json::parse(none.body).at("reason"), "UNAUTHENTICATED");
  EXPECT_EQ(Get("/v1/v2/tasks/t1", "Authorization: Bearer wrong\r\n").status, 401);
  EXPECT_EQ(Get("/v1/v2/tasks/t1", "X-Api-Key: test-token\r\n").status, 401);
  EXPECT_EQ(asked(), 0u);
  EXPECT_EQ(Get("/v1/v2/tasks/t1", "AUTHORIZATION: bearer test-token\r\n").status, 200);
  EXPECT_EQ(asked(), 1u);
}

TEST_F(AccessTest, EachFileHasItsOwn) {
  // me:test-token
  const std::string basic = "Authorization: Basic bWU6dGVzdC10b2tlbg==\r\n";
  EXPECT_EQ(Get("/v1/projects/p/jobs", basic).status, 200);
  EXPECT_EQ(Get("/v1/v2/tasks/t1", basic).status, 401);
  EXPECT_EQ(Get("/v1/projects/p/jobs", "Authorization: Bearer test-token\r\n").status, 401);
  EXPECT_EQ(Get("/v1/tasks").status, 200);
  EXPECT_EQ(Get("/healthz").status, 200);
}

TEST_F(AccessTest, WhatCallersShowDoesNotGoToTheUpstream) {
  Get("/v1/projects/p/jobs", "Authorization: Basic bWU6dGVzdC10b2tlbg==\r\n");
  EXPECT_THAT(upstream_.requests().back().head, Not(HasSubstr("bWU6dGVzdC10b2tlbg==")));
  Post("/mcp/scaffolder-tasks", fakes::ToolCall("backstage-get-task-id", {{"taskId", "t1"}}),
       "X-Api-Key: test-token\r\n");
  EXPECT_EQ(upstream_.requests().back().Header("x-api-key"), std::nullopt);
  Rpc(kGetTask, R"({"taskId":"t1"})", "x-api-key", "test-token");
  EXPECT_EQ(upstream_.requests().back().Header("x-api-key"), std::nullopt);
  EXPECT_EQ(asked(), 3u);
}

TEST_F(AccessTest, McpRefusesAClosedEndpointAsHttpDoes) {
  const json list = fakes::McpRequest("tools/list");
  const Response none = Post("/mcp/scaffolder-tasks", list);
  EXPECT_EQ(none.status, 401);
  EXPECT_EQ(none.Header("www-authenticate"),
            "ApiKey realm=\"scaffolder-tasks-mcp\", header=\"X-Api-Key\"");
  EXPECT_TRUE(json::parse(none.body).contains("error"));
  EXPECT_EQ(Post("/mcp/scaffolder-tasks", list, "X-Api-Key: wrong\r\n").status, 401);
  EXPECT_EQ(Post("/mcp/scaffolder-tasks", list, "x-API-key: test-token\r\n").status, 200);
  EXPECT_EQ(Post("/mcp/northflank-jobs", list).status, 200);
}

TEST_F(AccessTest, McpShowsOfAllToolsThoseThatACallerMayUse) {
  const json list = fakes::McpRequest("tools/list");
  EXPECT_THAT(Post("/mcp", list).body, Not(HasSubstr("backstage-get-task-id")));
  EXPECT_THAT(Post("/mcp", list).body, HasSubstr("list-jobs-project"));
  EXPECT_THAT(Post("/mcp", list, "X-Api-Key: test-token\r\n").body,
              HasSubstr("backstage-get-task-id"));
  const json call = fakes::ToolCall("backstage-get-task-id", {{"taskId", "t1"}});
  EXPECT_EQ(fakes::McpErrorCode(Post("/mcp", call).body), -32602);
  EXPECT_EQ(asked(), 0u);
  EXPECT_EQ(fakes::McpErrorCode(Post("/mcp", call, "X-Api-Key: test-token\r\n").body), 0);
  EXPECT_EQ(asked(), 1u);
}

TEST_F(AccessTest, GrpcTakesWhatOpensTheOtherDoors) {
  const std::string task = R"({"taskId":"t1"})";
  EXPECT_EQ(Rpc(kGetTask, task), grpc::StatusCode::UNAUTHENTICATED);
  EXPECT_EQ(answer_.error_info().reason(), "UNAUTHENTICATED");
  EXPECT_EQ(Rpc(kGetTask, task, "authorization", "Bearer wrong"),
            grpc::StatusCode::UNAUTHENTICATED);
  EXPECT_EQ(asked(), 0u);
  EXPECT_EQ(Rpc(kGetTask, task, "authorization", "Bearer test-token"), grpc::StatusCode::OK);
  EXPECT_EQ(Rpc(kGetTask, task, "x-api-key", "test-token"), grpc::StatusCode::OK);
}

TEST_F(AccessTest, GrpcIsNotOpenWhereRestIsClosed) {
  const std::string jobs = R"({"projectId":"p"})";
  EXPECT_EQ(Rpc(kListJobs, jobs), grpc::StatusCode::UNAUTHENTICATED);
  EXPECT_EQ(Rpc(kListJobs, jobs, "authorization", "Basic bWU6dGVzdC10b2tlbg=="),
            grpc::StatusCode::OK);
  upstream_.OnAny(Script::Respond(200, "[]"));
  EXPECT_EQ(Rpc(kListTasks, "{}"), grpc::StatusCode::OK);
}

// No variable is set.
class AccessWithoutVariablesTest : public AccessTest {
 protected:
  AccessWithoutVariablesTest() : AccessTest("") {}
};

TEST_F(AccessWithoutVariablesTest, NobodyGetsIn) {
  for (const char* fields : {"", "Authorization: Bearer \r\n", "Authorization: Bearer\r\n",
                             "Authorization: Bearer {{env.CALLERS}}\r\n"}) {
    const Response response = Get("/v1/v2/tasks/t1", fields);
    EXPECT_EQ(response.status, 503) << fields;
    EXPECT_EQ(json::parse(response.body).at("reason"), "ACCESS_NOT_CONFIGURED");
    EXPECT_EQ(json::parse(response.body).at("variables"), "CALLERS");
  }
  EXPECT_EQ(Post("/mcp/scaffolder-tasks", fakes::McpRequest("tools/list"), "X-Api-Key:\r\n").status,
            503);
  EXPECT_EQ(Rpc(kGetTask, R"({"taskId":"t1"})", "authorization", "Bearer "),
            grpc::StatusCode::FAILED_PRECONDITION);
  EXPECT_EQ(asked(), 0u);
}

}  // namespace
}  // namespace portico
