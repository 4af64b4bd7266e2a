// What overlays change of a request, over real sockets both ways.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "tests/fakes/grpc_caller.h"
#include "tests/fakes/http_caller.h"
#include "tests/fakes/mcp_messages.h"
#include "tests/fakes/overlaid_portico.h"
#include "tests/fakes/running_portico.h"
#include "tests/fakes/scripted_upstream.h"

namespace portico {
namespace {

using fakes::GrpcCaller;
using fakes::HttpCaller;
using fakes::OverlaidPortico;
using fakes::RecordedRequest;
using fakes::RunningPortico;
using fakes::Script;
using fakes::ScriptedUpstream;
using testing::HasSubstr;

// The built-in capabilities, with their overlays or without.
class BuiltInOverlaysTest : public testing::TestWithParam<bool> {
 protected:
  BuiltInOverlaysTest()
      : portico_({.upstream = upstream_.base_uri(), .configure = [](server::ServeOptions& options) {
                    if (GetParam()) options.overlays = {"builtin"};
                  }}) {
    upstream_.OnAny(Script::Respond(200, "[]"));
  }

  void Rest(absl::string_view method, absl::string_view target) {
    HttpCaller caller(portico_.rest_address());
    caller.Request(method, target);
    caller.ReadResponse();
  }
  std::string LastTarget() const { return upstream_.requests().back().target; }

  ScriptedUpstream upstream_;
  RunningPortico portico_;
};

TEST_P(BuiltInOverlaysTest, BackstagesLogIsItsEventsThroughEveryDoor) {
  const std::string path =
      absl::StrCat("/backstage/v2/tasks/t1/", GetParam() ? "events" : "logs", "?after=3");
  Rest("GET", "/v1/v2/tasks/t1/logs?after=3");
  EXPECT_EQ(LastTarget(), path);
  GrpcCaller(portico_.address())
      .Call("backstage.scaffolder.v1.TasksService/GetTaskLogs", R"({"taskId":"t1","after":"3"})");
  EXPECT_EQ(LastTarget(), path);
  HttpCaller caller(portico_.mcp_address());
  caller.Request(
      "POST", "/mcp", "",
      fakes::ToolCall("backstage-get-task-logs", {{"taskId", "t1"}, {"after", 3}}).dump());
  caller.ReadResponse();
  EXPECT_EQ(LastTarget(), path);
  EXPECT_EQ(upstream_.requests().size(), 3u);
}

TEST_P(BuiltInOverlaysTest, NorthflankRunsJobsAtRuns) {
  const std::string path =
      absl::StrCat("/northflank/projects/p/jobs/j/", GetParam() ? "runs" : "run");
  Rest("POST", "/v1/projects/p/jobs/j/run");
  EXPECT_EQ(LastTarget(), path);
  GrpcCaller(portico_.address())
      .Call("northflank.jobs.v1.JobsService/RunJob", R"({"projectId":"p","jobId":"j"})");
  EXPECT_EQ(LastTarget(), path);
}

TEST_P(BuiltInOverlaysTest, RendersListsAreSpelledAlikeWithAndWithout) {
  GrpcCaller(portico_.address())
      .Call("render.workflows.v1.WorkflowTasksService/ListTaskRuns",
            R"({"ownerId":["a","b"],"taskSlug":["c","d"]})");
  EXPECT_THAT(LastTarget(), HasSubstr("ownerId=a,b"));
  EXPECT_THAT(LastTarget(), HasSubstr("taskSlug=c&taskSlug=d"));
}

INSTANTIATE_TEST_SUITE_P(Both, BuiltInOverlaysTest, testing::Bool(), [](const auto& info) {
  return info.param ? "WithOverlays" : "WithoutOverlays";
});

class OverlayTest : public testing::Test {
 protected:
  OverlayTest() { upstream_.OnAny(Script::Respond(200, "{}")); }

  OverlaidPortico Overlaid(const std::string& overlay) {
    return OverlaidPortico(upstream_.base_uri(), overlay);
  }
  RecordedRequest LastRequest() const { return upstream_.requests().back(); }

  ScriptedUpstream upstream_;
};

TEST_F(OverlayTest, VariablesFillTheFilesBaseUri) {
  OverlaidPortico portico(
      "http://127.0.0.1:{port}/{version}",
      absl::StrCat("  variables: {port: '", upstream_.port(), "', version: v2}"));
  EXPECT_EQ(portico.Call("GET", "/v1/pets").status, 200);
  EXPECT_EQ(LastRequest().target, "/v2/pets");
}

TEST_F(OverlayTest, ABaseUriWithOpenVariablesSaysWhatToDo) {
  OverlaidPortico portico("http://127.0.0.1:{port}", "");
  const HttpCaller::Response response = portico.Call("GET", "/v1/pets");
  EXPECT_EQ(response.status, 503);
  EXPECT_THAT(response.body, HasSubstr("or name it in an overlay"));
}

TEST_F(OverlayTest, StaticHeadersGoWithEveryRequestAndACallersGoesBefore) {
  OverlaidPortico portico = Overlaid("  headers: {X-Version: '2', X-Tenant: 't-{{env.TENANT}}'}");
  portico.Call("GET", "/v1/pets");
  EXPECT_EQ(LastRequest().Header("x-version"), "2");
  EXPECT_EQ(LastRequest().Header("x-tenant"), "t-test-token");
  EXPECT_EQ(LastRequest().Header("authorization"), "Bearer test-token");
  portico.Call("GET", "/v1/pets", "X-Version: 3\r\n");
  EXPECT_EQ(LastRequest().Header("x-version"), "3");
  EXPECT_THAT(LastRequest().head, testing::Not(HasSubstr("X-Version: 2")));
}

TEST_F(OverlayTest, ListsAreSpelledAsTheOverlaySays) {
  for (const auto& [style, query] :
       {std::pair("repeat", "tags=a&tags=b,c"), std::pair("comma", "tags=a,b%2Cc"),
        std::pair("brackets", "tags[]=a&tags[]=b%2Cc"),
        std::pair("deepObject", "tags[0]=a&tags[1]=b%2Cc"), std::pair("pipe", "tags=a%7Cb%2Cc"),
        std::pair("space", "tags=a%20b%2Cc")}) {
    OverlaidPortico portico = Overlaid(
        absl::StrCat("  operations: {list: {parameters: {tags: {arrayStyle: ", style, "}}}}"));
    portico.Call("GET", "/v1/pets?tags=a&tags=b%2Cc");
    const std::string expected =
        absl::StrCat("/pets?", style == std::string("repeat") ? "tags=a&tags=b%2Cc" : query);
    EXPECT_EQ(LastRequest().target, expected);
  }
}

TEST_F(OverlayTest, AnAddedParameterIsTakenAndRequired) {
  OverlaidPortico portico = Overlaid(
      "  operations: {list: {parameters: {page: {in: query, type: integer, required: true}}}}");
  EXPECT_EQ(portico.Call("GET", "/v1/pets").status, 400);
  EXPECT_EQ(portico.Call("GET", "/v1/pets?page=2").status, 200);
  EXPECT_EQ(LastRequest().target, "/pets?page=2");
}

TEST_F(OverlayTest, AFormIsWrittenFromJsonThroughRestAndMcp) {
  OverlaidPortico portico =
      Overlaid("  operations: {add: {bodyEncoding: form, formArrayStyle: brackets}}");
  const char* form = "name=Zo%C3%AB%20%26&owner[id]=1.50&tags[]=a&tags[]=b";
  const char* json = R"({"name":"Zoë &","owner":{"id":1.50},"tags":["a","b"]})";
  EXPECT_EQ(portico.Call("POST", "/v1/pets", "", json).status, 200);
  EXPECT_EQ(LastRequest().body, form);
  EXPECT_EQ(LastRequest().Header("content-type"), "application/x-www-form-urlencoded");
  HttpCaller caller(portico.portico().mcp_address());
  caller.Request("POST", "/mcp", "",
                 absl::StrCat(R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":)",
                              R"({"name":"add-pet","arguments":{"body":)", json, "}}}"));
  EXPECT_EQ(caller.ReadResponse().status, 200);
  ASSERT_EQ(upstream_.requests().size(), 2u);
  EXPECT_EQ(LastRequest().body, form);
}

TEST_F(OverlayTest, TheOpenApiDocumentFollows) {
  OverlaidPortico portico = Overlaid(
      "  operations:\n    add: {bodyEncoding: form}\n"
      "    list: {parameters: {page: {in: query, type: integer, required: true}}}");
  const nlohmann::json paths =
      nlohmann::json::parse(portico.Call("GET", "/openapi.json").body).at("paths").at("/v1/pets");
  const nlohmann::json& content = paths.at("post").at("requestBody").at("content");
  EXPECT_TRUE(content.contains("application/json"));
  EXPECT_TRUE(content.contains("application/x-www-form-urlencoded"));
  EXPECT_THAT(paths.at("get").at("parameters").dump(), HasSubstr("\"page\""));
}

TEST_F(OverlayTest, ALargeBodyIsEncodedWhole) {
  OverlaidPortico portico = Overlaid("  operations: {add: {bodyEncoding: form}}");
  const std::string name(200'000, 'x');
  EXPECT_EQ(portico.Call("POST", "/v1/pets", "", absl::StrCat("{\"name\":\"", name, "\"}")).status,
            200);
  EXPECT_EQ(LastRequest().body, "name=" + name);
}

TEST_F(OverlayTest, ABodyInTheApisOwnTypePassesByteForByte) {
  OverlaidPortico portico = Overlaid("  operations: {add: {bodyEncoding: form}}");
  EXPECT_EQ(portico.Post("/v1/pets", "application/x-www-form-urlencoded", "a=+%2b&a").status, 200);
  EXPECT_EQ(LastRequest().body, "a=+%2b&a");
  const HttpCaller::Response refused = portico.Post("/v1/pets", "text/xml", "<a/>");
  EXPECT_EQ(refused.status, 415);
  EXPECT_THAT(refused.body, HasSubstr("application/json or application/x-www-form-urlencoded"));
}

TEST_F(OverlayTest, PartsAndBytesAreWrittenExactly) {
  OverlaidPortico multipart = Overlaid("  operations: {add: {bodyEncoding: multipart}}");
  multipart.Call("POST", "/v1/pets", "",
                 R"({"name":"Rex","photo":{"base64":"AAEC","filename":"r.png"}})");
  EXPECT_EQ(LastRequest().Header("content-type"), "multipart/form-data; boundary=portico-part-0");
  EXPECT_EQ(LastRequest().body,
            "--portico-part-0\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nRex\r\n"
            "--portico-part-0\r\nContent-Disposition: form-data; name=\"photo\"; "
            "filename=\"r.png\"\r\nContent-Type: application/octet-stream\r\n\r\n" +
                std::string("\0\1\2", 3) + "\r\n--portico-part-0--\r\n");
  OverlaidPortico raw = Overlaid("  operations: {add: {bodyEncoding: raw, contentType: text/csv}}");
  raw.Call("POST", "/v1/pets", "", R"("a,b\n1,2")");
  EXPECT_EQ(LastRequest().Header("content-type"), "text/csv");
  EXPECT_EQ(LastRequest().body, "a,b\n1,2");
}

TEST_F(OverlayTest, ABodyThatCannotBeEncodedIsRefusedInTheCallersWords) {
  OverlaidPortico portico = Overlaid("  operations: {add: {bodyEncoding: form}}");
  const HttpCaller::Response response = portico.Call("POST", "/v1/pets", "", "[1]");
  EXPECT_EQ(response.status, 400);
  EXPECT_THAT(response.body, HasSubstr("body: must be a JSON object"));
  EXPECT_TRUE(upstream_.requests().empty());
}

TEST_F(OverlayTest, AStatedTotalEndsACall) {
  upstream_.On("GET /pets", Script().Hang());
  OverlaidPortico portico = Overlaid("  timeouts: {total: 50ms}");
  const HttpCaller::Response response = portico.Call("GET", "/v1/pets");
  EXPECT_EQ(response.status, 504);
}

TEST_F(OverlayTest, AStreamOfTheOverlaysIsServedAsOne) {
  upstream_.On("GET /pets", Script::EventStream().Chunk("data: {\"a\":1}\n\n").LastChunk());
  OverlaidPortico portico = Overlaid("  operations: {list: {stream: true}}");
  const HttpCaller::Response response =
      portico.Call("GET", "/v1/pets", "Accept: text/event-stream\r\n");
  EXPECT_THAT(response.body, HasSubstr("data: {\"a\":1}"));
  EXPECT_EQ(LastRequest().Header("accept"), "text/event-stream");
}

}  // namespace
}  // namespace portico
