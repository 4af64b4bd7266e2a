// MCP over HTTP, what it owes as HTTP: methods, paths, types, sizes, streams, and
// traffic that is meant to hurt.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "absl/strings/str_cat.h"
#include "tests/fakes/http_caller.h"
#include "tests/fakes/mcp_messages.h"
#include "tests/fakes/running_portico.h"
#include "tests/fakes/scripted_upstream.h"
#include "tests/integration/mcp_over_http.h"

namespace portico {
namespace {

using fakes::HttpCaller;
using fakes::McpRequest;
using fakes::ModernFields;
using fakes::ModernRequest;
using fakes::RunningPortico;
using fakes::Script;
using nlohmann::json;
using testing::HasSubstr;

class McpTransportTest : public McpOverHttp {};

TEST_F(McpTransportTest, OnlyPostIsServed) {
  for (const char* method : {"GET", "DELETE", "PUT", "PATCH"}) {
    HttpCaller caller(portico_.mcp_address());
    caller.Request(method, "/mcp", "Accept: text/event-stream\r\nMcp-Session-Id: s\r\n");
    const Response response = caller.ReadResponse();
    EXPECT_EQ(response.status, 405) << method;
    EXPECT_EQ(response.Header("allow"), "POST") << method;
    EXPECT_EQ(response.Header("mcp-session-id"), std::nullopt) << method;
  }
}

TEST_F(McpTransportTest, PathsAreTheAggregateAndTheNamespaces) {
  const std::string list = McpRequest("tools/list").dump();
  for (const char* path : {"/mcp", "/mcp/", "/mcp?x=1", "/mcp/northflank-jobs",
                           "/mcp/scaffolder-tasks", "/mcp/render-workflow-tasks-beta"}) {
    EXPECT_EQ(Post(list, "", path).status, 200) << path;
  }
  for (const char* path : {"/", "/mcpx", "/mcp/none", "/mcp/northflank-jobs/x", "/sse"}) {
    EXPECT_EQ(Post(list, "", path).status, 404) << path;
  }
}

TEST_F(McpTransportTest, ForeignOriginsAndHostsAreRefused) {
  const std::string list = McpRequest("tools/list").dump();
  for (const char* origin : {"https://evil.example", "null", "http://localhost.evil.example"}) {
    const Response response = Post(list, absl::StrCat("Origin: ", origin, "\r\n"));
    EXPECT_EQ(response.status, 403) << origin;
    EXPECT_EQ(json::parse(response.body).at("id"), nullptr);
    EXPECT_EQ(response.Header("access-control-allow-origin"), std::nullopt);
  }
  EXPECT_EQ(Post(list, "Origin: http://localhost\r\n").status, 200);
  HttpCaller caller(portico_.mcp_address());
  caller.Send(
      absl::StrCat("POST /mcp HTTP/1.1\r\nHost: evil.example\r\nContent-Type: "
                   "application/json\r\nContent-Length: ",
                   list.size(), "\r\n\r\n", list));
  EXPECT_EQ(caller.ReadResponse().status, 403);
}

TEST_F(McpTransportTest, BodiesThatAreNoMessageAreToldWhy) {
  struct Row {
    const char* body;
    int status;
    int code;
  };
  for (const Row& row : {
           Row{"{", 400, -32700},
           Row{"not json", 400, -32700},
           Row{"[]", 400, -32600},
           Row{"7", 400, -32600},
           Row{R"({"jsonrpc":"2.0","id":null,"method":"ping"})", 400, -32600},
           Row{R"({"jsonrpc":"1.0","id":1,"method":"ping"})", 400, -32600},
           Row{R"({"jsonrpc":"2.0","id":1,"method":"ping","params":[]})", 400, -32600},
       }) {
    const Response response = Post(row.body);
    EXPECT_EQ(response.status, row.status) << row.body;
    EXPECT_EQ(CodeOf(response), row.code) << row.body;
    EXPECT_EQ(response.Header("content-type"), "application/json");
  }
}

TEST_F(McpTransportTest, TypeEncodingAndSizeAreChecked) {
  HttpCaller caller(portico_.mcp_address());
  caller.Send(
      "POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\n"
      "Content-Length: 2\r\n\r\n{}");
  EXPECT_EQ(caller.ReadResponse().status, 415);
  caller.Send("POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}");
  EXPECT_EQ(caller.ReadResponse().status, 415);
  EXPECT_EQ(Post("{}", "Content-Encoding: gzip\r\n").status, 415);
  EXPECT_EQ(Post(McpRequest("ping").dump(), "Content-Encoding: Identity\r\n").status, 200);
  HttpCaller large(portico_.mcp_address());
  large.Send(
      "POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
      "Content-Length: 9000000\r\n\r\n");
  EXPECT_EQ(large.ReadResponse().status, 413);
}

TEST_F(McpTransportTest, AnyAcceptIsFine) {
  for (const char* accept : {"", "Accept: */*\r\n", "Accept: application/json\r\n",
                             "Accept: text/event-stream\r\n", "Accept: text/html\r\n"}) {
    const Response response = Post(McpRequest("tools/list").dump(), accept);
    EXPECT_EQ(response.status, 200) << accept;
    EXPECT_EQ(response.Header("content-type"), "application/json") << accept;
  }
}

TEST_F(McpTransportTest, NotificationsAreTakenWithoutABody) {
  const Response legacy = Post(R"({"jsonrpc":"2.0","method":"notifications/initialized"})");
  EXPECT_EQ(legacy.status, 202);
  EXPECT_EQ(legacy.body, "");
  const Response modern = Post(R"({"jsonrpc":"2.0","method":"notifications/x"})",
                               "MCP-Protocol-Version: 2026-07-28\r\n");
  EXPECT_EQ(modern.status, 202);
}

TEST_F(McpTransportTest, HugeIdsComeBackAsTheyWere) {
  for (const std::string& id : {std::string("123456789012345678901234567890"),
                                absl::StrCat("\"", std::string(10000, 'i'), "\"")}) {
    const Response response =
        Post(absl::StrCat(R"({"jsonrpc":"2.0","id":)", id, R"(,"method":"ping"})"));
    EXPECT_EQ(response.body, absl::StrCat(R"({"jsonrpc":"2.0","id":)", id, R"(,"result":{}})"));
  }
}

TEST_F(McpTransportTest, AListenIsAcknowledgedAndEndsWithAResultWhenTheServerCloses) {
  HttpCaller caller(portico_.mcp_address());
  json request = ModernRequest(
      "subscriptions/listen",
      {{"notifications", {{"toolsListChanged", true}, {"promptsListChanged", true}}}});
  request["id"] = "listen-1";
  caller.Request("POST", "/mcp", ModernFields("subscriptions/listen"), request.dump());
  const Response head = caller.ReadHead();
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.Header("content-type"), "text/event-stream");
  EXPECT_EQ(head.Header("x-accel-buffering"), "no");
  const std::string first = caller.ReadChunk();
  const json ack = json::parse(first.substr(first.find('{')));
  EXPECT_EQ(ack.at("method"), "notifications/subscriptions/acknowledged");
  EXPECT_EQ(ack.at("params").at("notifications"),
            json({{"toolsListChanged", true}, {"promptsListChanged", true}}));
  EXPECT_EQ(ack.at("params").at("_meta").at("io.modelcontextprotocol/subscriptionId"), "listen-1");
  portico_.server().Shutdown();
  const std::string last = caller.ReadChunk();
  const json end = json::parse(last.substr(last.find('{')));
  EXPECT_EQ(end.at("id"), "listen-1");
  EXPECT_EQ(end.at("result").at("resultType"), "complete");
  EXPECT_EQ(caller.ReadChunk(), "");
}

TEST_F(McpTransportTest, AListenForNothingOfOursEndsAtOnce) {
  const Response response = PostModern("subscriptions/listen", {{"notifications", json::object()}});
  EXPECT_THAT(response.body, HasSubstr("acknowledged"));
  EXPECT_THAT(response.body, HasSubstr("\"resultType\":\"complete\""));
  EXPECT_EQ(CodeOf(PostModern("subscriptions/listen")), -32602);
}

TEST_F(McpTransportTest, HostileTrafficIsAnsweredAndSurvived) {
  const std::string field = absl::StrCat("X-Large: ", std::string(10000, 'x'), "\r\n");
  EXPECT_EQ(Post(McpRequest("ping").dump(), field).status, 200);
  for (const std::string& garbage :
       {std::string("\0\1\2\3garbage\r\n\r\n", 15), std::string("POST /mcp HTTP/1.1\r\n\r\n"),
        std::string("GET http://evil/ HTTP/9.9\r\n\r\n")}) {
    HttpCaller caller(portico_.mcp_address());
    caller.Send(garbage);
    EXPECT_GE(caller.ReadResponse().status, 400);
  }
  HttpCaller half(portico_.mcp_address());
  half.Request("POST", "/mcp", "", McpRequest("ping").dump());
  half.EndSending();
  EXPECT_EQ(half.ReadResponse().status, 200);
  HttpCaller cut(portico_.mcp_address());
  cut.Send(
      "POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
      "Content-Length: 100\r\n\r\n{\"jsonrpc\"");
  cut.Close();
  EXPECT_EQ(Post(std::string(100000, '[')).status, 400);
  EXPECT_EQ(Post(McpRequest("ping").dump()).status, 200);
}

TEST_F(McpTransportTest, TheListIsTheSameBytesEveryTime) {
  const std::string first = Post(McpRequest("tools/list").dump()).body;
  EXPECT_EQ(Post(McpRequest("tools/list").dump()).body, first);
  RunningPortico other({.upstream = upstream_.base_uri()});
  HttpCaller caller(other.mcp_address());
  caller.Request("POST", "/mcp", "", McpRequest("tools/list").dump());
  EXPECT_EQ(caller.ReadResponse().body, first);
}

TEST(McpPagesTest, PagesAreFollowedByTheirCursorsToTheEnd) {
  RunningPortico portico({.upstream = "", .configure = [](server::ServeOptions& options) {
                            options.mcp.door.endpoint.page_size = 5;
                          }});
  std::vector<std::string> names;
  json params = json::object();
  for (int page = 0; page < 10; ++page) {
    HttpCaller caller(portico.mcp_address());
    caller.Request("POST", "/mcp", "", McpRequest("tools/list", params).dump());
    const json result = json::parse(caller.ReadResponse().body).at("result");
    EXPECT_LE(result.at("tools").size(), 5u);
    for (const json& tool : result.at("tools")) names.push_back(tool.at("name"));
    if (!result.contains("nextCursor")) break;
    params["cursor"] = result.at("nextCursor");
  }
  EXPECT_EQ(names.size(), 17u);
  EXPECT_EQ(std::set<std::string>(names.begin(), names.end()).size(), 17u);
}

}  // namespace
}  // namespace portico
