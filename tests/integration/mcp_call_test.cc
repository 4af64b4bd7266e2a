// Tools called over HTTP, with real sockets both ways: the forms of the response,
// progress, and what a caller that goes away ends.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "tests/fakes/http_caller.h"
#include "tests/fakes/mcp_messages.h"
#include "tests/fakes/running_portico.h"
#include "tests/fakes/scripted_upstream.h"

namespace portico {
namespace {

using fakes::EventMessages;
using fakes::Gate;
using fakes::HttpCaller;
using fakes::ModernMeta;
using fakes::RunningPortico;
using fakes::Script;
using fakes::ScriptedUpstream;
using fakes::ToolCall;
using nlohmann::json;
using testing::HasSubstr;
using Response = HttpCaller::Response;

constexpr char kEvents[] = "Accept: application/json, text/event-stream\r\n";

class McpCallTest : public testing::Test {
 protected:
  using Configure = std::function<void(mcp::McpOptions&)>;

  explicit McpCallTest(const Configure& configure = [](mcp::McpOptions&) {})
      : portico_({.upstream = upstream_.base_uri(),
                  .configure = [configure](server::ServeOptions& options) {
                    options.mcp.door.keep_alive = absl::Minutes(10);
                    configure(options.mcp.door);
                  }}) {}

  Response Post(const json& request, absl::string_view fields = "") {
    HttpCaller caller(portico_.mcp_address());
    caller.Request("POST", "/mcp", fields, request.dump());
    return caller.ReadResponse();
  }

  ScriptedUpstream upstream_;
  RunningPortico portico_;
};

TEST_F(McpCallTest, AResultHoldsTheDataTwice) {
  upstream_.OnAny(Script::Respond(200, R"({"id":"t1","n":9007199254740993})"));
  const Response response = Post(ToolCall("backstage-get-task-id", {{"taskId", "t1"}}), kEvents);
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.Header("content-type"), "application/json");
  const json reply = json::parse(response.body);
  EXPECT_EQ(reply.at("id"), "c1");
  const json& result = reply.at("result");
  EXPECT_EQ(result.at("structuredContent"), json({{"id", "t1"}, {"n", 9007199254740993}}));
  EXPECT_EQ(json::parse(result.at("content").at(0).at("text").get<std::string>()),
            result.at("structuredContent"));
  EXPECT_FALSE(result.contains("resultType"));
}

TEST_F(McpCallTest, AModernResultIsComplete) {
  upstream_.OnAny(Script::Respond(200, "{}"));
  const Response response =
      Post(ToolCall("backstage-get-task-id", {{"taskId", "t1"}}, ModernMeta()),
           fakes::ModernFields("tools/call", "backstage-get-task-id"));
  const json result = json::parse(response.body).at("result");
  EXPECT_EQ(result.at("resultType"), "complete");
  EXPECT_TRUE(result.at("_meta").contains("io.modelcontextprotocol/serverInfo"));
  EXPECT_EQ(result.at("isError"), false);
}

TEST_F(McpCallTest, FailuresOfTheApiAreResults) {
  upstream_.OnAny(Script::Respond(404, R"({"error":{"name":"NotFoundError","message":"No t"}})"));
  const json result =
      json::parse(Post(ToolCall("backstage-get-task-id", {{"taskId", "t1"}})).body).at("result");
  EXPECT_EQ(result.at("isError"), true);
  EXPECT_THAT(result.at("content").at(0).at("text").get<std::string>(), HasSubstr("404"));
}

TEST_F(McpCallTest, BadArgumentsGoNowhere) {
  const json result =
      json::parse(Post(ToolCall("backstage-get-task-id", {{"nonsense", 1}})).body).at("result");
  EXPECT_EQ(result.at("isError"), true);
  EXPECT_TRUE(upstream_.requests().empty());
}

TEST_F(McpCallTest, TheTraceOfMetaGoesUpstream) {
  upstream_.OnAny(Script::Respond(200, "{}"));
  const std::string trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  Post(ToolCall("backstage-get-task-id", {{"taskId", "t"}}, {{"traceparent", trace}}),
       "traceparent: 00-00000000000000000000000000000001-0000000000000001-00\r\n");
  EXPECT_EQ(upstream_.requests().at(0).Header("traceparent"), trace);
}

TEST_F(McpCallTest, AProgressTokenMakesTheResponseAStream) {
  upstream_.OnAny(Script::Respond(200, "{}"));
  for (const json& token : {json("tok"), json(7)}) {
    const Response response = Post(
        ToolCall("backstage-get-task-id", {{"taskId", "t"}}, {{"progressToken", token}}), kEvents);
    EXPECT_EQ(response.Header("content-type"), "text/event-stream");
    const std::vector<json> messages = EventMessages(response.body);
    ASSERT_EQ(messages.size(), 2u);
    EXPECT_EQ(messages[0].at("method"), "notifications/progress");
    EXPECT_EQ(messages[0].at("params").at("progressToken"), token);
    EXPECT_EQ(messages[1].at("id"), "c1");
  }
}

TEST_F(McpCallTest, AcceptMayComeInSeveralLines) {
  upstream_.OnAny(Script::Respond(200, "{}"));
  const Response response =
      Post(ToolCall("backstage-get-task-id", {{"taskId", "t"}}, {{"progressToken", 1}}),
           "Accept: application/json\r\nAccept: text/event-stream\r\n");
  EXPECT_EQ(response.Header("content-type"), "text/event-stream");
}

TEST_F(McpCallTest, WhoTakesNoEventsGetsNone) {
  upstream_.OnAny(Script::Respond(200, "{}"));
  const Response response =
      Post(ToolCall("backstage-get-task-id", {{"taskId", "t"}}, {{"progressToken", 1}}),
           "Accept: application/json\r\n");
  EXPECT_EQ(response.Header("content-type"), "application/json");
}

TEST_F(McpCallTest, AStreamToolTellsOfEachEventAndCollects) {
  upstream_.OnAny(Script::EventStream()
                      .Chunk("id: 1\nevent: log\ndata: {\"a\":1}\n\n")
                      .Chunk("id: 2\nevent: log\ndata: {\"a\":2}\n\n")
                      .LastChunk());
  const std::string tool = "backstage-get-task-event-stream";
  const Response response =
      Post(ToolCall(tool, {{"taskId", "t"}}, ModernMeta({{"progressToken", "p"}})),
           absl::StrCat(kEvents, fakes::ModernFields("tools/call", tool)));
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.Header("content-type"), "text/event-stream") << response.body;
  const std::vector<json> messages = EventMessages(response.body);
  ASSERT_EQ(messages.size(), 4u) << response.body;
  double last = -1;
  for (int i = 0; i < 3; ++i) {
    const double progress = messages[i].at("params").at("progress");
    EXPECT_GT(progress, last);
    last = progress;
  }
  const json& result = messages[3].at("result");
  EXPECT_EQ(result.at("structuredContent").at("events").size(), 2u);
  EXPECT_EQ(result.at("resultType"), "complete");
}

TEST_F(McpCallTest, ABatchOfCallsIsAnsweredTogether) {
  upstream_.OnAny(Script::Respond(200, "{}"));
  json first = ToolCall("backstage-get-task-id", {{"taskId", "a"}});
  json second = ToolCall("backstage-get-task-id", {{"taskId", "b"}});
  second["id"] = 2;
  const Response response = Post(json::array({first, second}));
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(json::parse(response.body).size(), 2u);
  EXPECT_EQ(upstream_.requests().size(), 2u);
}

// How long after the caller is gone the upstream sees its own socket close.
std::chrono::milliseconds TimeToClose(ScriptedUpstream& upstream, const std::string& address,
                                      const json& request, const std::string& fields) {
  const std::size_t before = upstream.requests().size();
  HttpCaller caller(address);
  caller.Request("POST", "/mcp", fields, request.dump());
  EXPECT_TRUE(upstream.WaitForRequests(before + 1));
  const std::size_t connection = upstream.requests().back().connection;
  const auto left = ScriptedUpstream::Clock::now();
  caller.Close();
  const auto closed = upstream.WaitForPeerClose(connection);
  EXPECT_TRUE(closed.has_value());
  return std::chrono::duration_cast<std::chrono::milliseconds>(closed.value_or(left) - left);
}

TEST_F(McpCallTest, AModernCallerThatGoesAwayClosesTheUpstreamWithin100Milliseconds) {
  upstream_.OnAny(Script().Hang());
  for (const std::string tool : {"backstage-get-task-id", "backstage-get-task-event-stream"}) {
    auto best = std::chrono::milliseconds::max();
    for (int i = 0; i < 5; ++i) {
      best = std::min(best,
                      TimeToClose(upstream_, portico_.mcp_address(),
                                  ToolCall(tool, {{"taskId", "t"}}, ModernMeta()),
                                  absl::StrCat(kEvents, fakes::ModernFields("tools/call", tool))));
    }
    EXPECT_LT(best.count(), 100) << tool;
  }
}

TEST_F(McpCallTest, ALegacyCallerThatGoesAwayHasNotCancelled) {
  auto go = std::make_shared<Gate>();
  upstream_.On("GET /backstage/v2/tasks/t",
               Script().Await(go).Send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"));
  HttpCaller caller(portico_.mcp_address());
  caller.Request("POST", "/mcp", "", ToolCall("backstage-get-task-id", {{"taskId", "t"}}).dump());
  ASSERT_TRUE(upstream_.WaitForRequests(1));
  caller.Close();
  // Another call on every loop: whatever the close has caused is over by then.
  for (int i = 0; i < 8; ++i) {
    Post({{"jsonrpc", "2.0"}, {"id", 1}, {"method", "ping"}});
  }
  EXPECT_EQ(upstream_.open_connections(), 1u);
  go->Open();
}

TEST_F(McpCallTest, ALegacyNotificationCancelsTheOneCallThatItCanMean) {
  upstream_.OnAny(Script().Hang());
  const json cancel = {
      {"jsonrpc", "2.0"}, {"method", "notifications/cancelled"}, {"params", {{"requestId", "c1"}}}};
  auto best = std::chrono::milliseconds::max();
  for (int i = 0; i < 5; ++i) {
    const std::size_t before = upstream_.requests().size();
    HttpCaller caller(portico_.mcp_address());
    caller.Request("POST", "/mcp", "User-Agent: a\r\n",
                   ToolCall("backstage-get-task-id", {{"taskId", "t"}}).dump());
    ASSERT_TRUE(upstream_.WaitForRequests(before + 1));
    EXPECT_EQ(Post(cancel, "User-Agent: another\r\n").status, 202);
    const auto cancelled = ScriptedUpstream::Clock::now();
    EXPECT_EQ(Post(cancel, "User-Agent: a\r\n").status, 202);
    const auto closed = upstream_.WaitForPeerClose(upstream_.requests().back().connection);
    ASSERT_TRUE(closed.has_value());
    EXPECT_GT(*closed, cancelled);
    best =
        std::min(best, std::chrono::duration_cast<std::chrono::milliseconds>(*closed - cancelled));
    EXPECT_THAT(caller.ReadResponse().body, HasSubstr("-32800"));
  }
  EXPECT_LT(best.count(), 100);
}

TEST_F(McpCallTest, DrainEndsAStreamToolWithWhatItHas) {
  auto go = std::make_shared<Gate>();
  upstream_.OnAny(Script::EventStream().Chunk("id: 1\ndata: {\"a\":1}\n\n").Await(go));
  const std::string tool = "backstage-get-task-event-stream";
  HttpCaller caller(portico_.mcp_address());
  caller.Request("POST", "/mcp", kEvents,
                 ToolCall(tool, {{"taskId", "t"}}, {{"progressToken", 1}}).dump());
  EXPECT_EQ(caller.ReadHead().status, 200);
  caller.ReadUntil("\"progress\":2");
  portico_.server().Shutdown();
  EXPECT_THAT(caller.ReadUntil("0\r\n\r\n"), HasSubstr("\"truncated\":true"));
}

class McpKeepAliveTest : public McpCallTest {
 protected:
  McpKeepAliveTest()
      : McpCallTest([](mcp::McpOptions& options) { options.keep_alive = absl::Milliseconds(20); }) {
  }
};

class McpRateTest : public McpCallTest {
 protected:
  McpRateTest()
      : McpCallTest([](mcp::McpOptions& options) { options.endpoint.calls_per_second = 1; }) {}
};

TEST_F(McpRateTest, WhoCallsTooOftenIsToldWhenToTryAgainWhateverItCallsItself) {
  upstream_.OnAny(Script::Respond(200, "{}"));
  const auto call = [this](absl::string_view fields) {
    const Response response = Post(ToolCall("backstage-get-task-id", {{"taskId", "t"}}), fields);
    return json::parse(response.body).at("result");
  };
  json result = {{"isError", false}};
  int passed = -1;
  // Names that a caller gives itself make no other of it, nor does what nobody checks.
  for (; passed < 100 && result.at("isError") == false; ++passed) {
    result = call(absl::StrCat("User-Agent: a", passed, "\r\nX-Forwarded-For: 192.0.2.1\r\n",
                               "Authorization: Bearer ", passed, "\r\n"));
  }
  EXPECT_LT(passed, 100) << "one a second";
  EXPECT_THAT(result.at("content").at(0).at("text").get<std::string>(), HasSubstr("Retry after"));
  EXPECT_EQ(upstream_.requests().size(), static_cast<std::size_t>(passed));
}

TEST_F(McpKeepAliveTest, ASilentStreamIsKeptAliveByComments) {
  upstream_.OnAny(Script().Hang());
  HttpCaller caller(portico_.mcp_address());
  caller.Request(
      "POST", "/mcp", kEvents,
      ToolCall("backstage-get-task-id", {{"taskId", "t"}}, {{"progressToken", 1}}).dump());
  EXPECT_EQ(caller.ReadHead().status, 200);
  EXPECT_THAT(caller.ReadChunk(), HasSubstr("notifications/progress"));
  EXPECT_EQ(caller.ReadChunk(), ": keep-alive\n\n");
  EXPECT_EQ(caller.ReadChunk(), ": keep-alive\n\n");
}

}  // namespace
}  // namespace portico
