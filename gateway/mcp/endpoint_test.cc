#include "gateway/mcp/endpoint.h"

#include <gtest/gtest.h>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace portico::mcp {
namespace {

// All call one operation.
ToolSet Tools(int count) {
  static const plan::Operation kOperation = [] {
    plan::Operation operation;
    operation.id = "api.get";
    return operation;
  }();
  static const plan::Tool kTool = [] {
    plan::Tool tool;
    tool.operation = &kOperation;
    return tool;
  }();
  std::vector<ServedTool> tools(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) {
    tools[i].tool = &kTool;
    tools[i].name = absl::StrCat("tool-", i);
    tools[i].json = absl::StrCat("{\"name\":\"tool-", i, "\"}");
  }
  return ToolSet(std::move(tools), "what for");
}

class EndpointTest : public testing::Test {
 protected:
  // The request's text must live as long as what is made of it.
  Answer Ask(absl::string_view method, absl::string_view params, Era era) {
    text_ = absl::StrCat(R"({"jsonrpc":"2.0","id":1,"method":")", method, R"(","params":)", params,
                         "}");
    return endpoint_.Handle(ParseMessages(text_).messages[0], era, {"me", ""});
  }

  const ToolSet tools_ = Tools(3);
  RateLimiter limiter_{1};
  const Endpoint endpoint_{tools_, {}, {.page_size = 2}, &limiter_};
  std::string text_;
};

TEST_F(EndpointTest, PagesFollowEachOtherByCursor) {
  const Answer first = Ask("tools/list", "{}", Era::kLegacy);
  const std::size_t cursor = first.result.find("\"nextCursor\":");
  ASSERT_NE(cursor, absl::string_view::npos);
  EXPECT_EQ(first.result.substr(0, cursor), R"({"tools":[{"name":"tool-0"},{"name":"tool-1"}],)");
  absl::string_view value = first.result.substr(cursor + 13);
  value.remove_suffix(1);
  const Answer last = Ask("tools/list", absl::StrCat("{\"cursor\":", value, "}"), Era::kLegacy);
  EXPECT_EQ(last.result, R"({"tools":[{"name":"tool-2"}]})");
}

TEST_F(EndpointTest, SevenThousandToolsAreListedEachOnceHundredAPage) {
  const ToolSet many = Tools(7000);
  const Endpoint endpoint(many, {}, {}, &limiter_);
  std::string params = "{}";
  int pages = 0, tools = 0;
  for (bool more = true; more; ++pages) {
    const std::string text =
        absl::StrCat(R"({"jsonrpc":"2.0","id":1,"method":"tools/list","params":)", params, "}");
    const Answer page = endpoint.Handle(ParseMessages(text).messages[0], Era::kLegacy, {"me", ""});
    ASSERT_EQ(page.kind, Answer::Kind::kResult);
    while (absl::StrContains(page.result, absl::StrCat("\"tool-", tools, "\""))) ++tools;
    const std::size_t cursor = page.result.find(",\"nextCursor\":");
    more = cursor != absl::string_view::npos;
    if (more) params = absl::StrCat("{\"cursor\":", page.result.substr(cursor + 14));
  }
  EXPECT_EQ(pages, 70);
  EXPECT_EQ(tools, 7000);
}

TEST_F(EndpointTest, ACursorOfOtherToolsIsNone) {
  const ToolSet others = Tools(5);
  const Endpoint endpoint(others, {}, {.page_size = 2}, &limiter_);
  const Answer first = Ask("tools/list", "{}", Era::kLegacy);
  absl::string_view value = first.result.substr(first.result.find("\"nextCursor\":") + 13);
  value.remove_suffix(1);
  const std::string text = absl::StrCat(
      R"({"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"cursor":)", value, "}}");
  const Answer answer = endpoint.Handle(ParseMessages(text).messages[0], Era::kLegacy, {"me", ""});
  EXPECT_EQ(answer.kind, Answer::Kind::kError);
  EXPECT_EQ(answer.error.code, kInvalidParams);
}

TEST_F(EndpointTest, NoToolsAreAnEmptyPage) {
  const ToolSet none = Tools(0);
  const Endpoint endpoint(none, {}, {}, &limiter_);
  const std::string text = R"({"jsonrpc":"2.0","id":1,"method":"tools/list"})";
  EXPECT_EQ(endpoint.Handle(ParseMessages(text).messages[0], Era::kLegacy, {"me", ""}).result,
            R"({"tools":[]})");
}

TEST_F(EndpointTest, EachEraHasItsMethods) {
  for (const char* method : {"initialize", "ping"}) {
    EXPECT_EQ(Ask(method, R"({"protocolVersion":"2025-11-25"})", Era::kLegacy).kind,
              Answer::Kind::kResult);
    const Answer modern = Ask(method, "{}", Era::kModern);
    EXPECT_EQ(modern.error.code, kMethodNotFound) << method;
    EXPECT_EQ(modern.status, 404) << method;
  }
  for (const char* method : {"server/discover", "subscriptions/listen"}) {
    EXPECT_EQ(Ask(method, "{}", Era::kLegacy).error.code, kMethodNotFound) << method;
  }
  EXPECT_EQ(Ask("server/discover", "{}", Era::kModern).kind, Answer::Kind::kResult);
  EXPECT_EQ(Ask("subscriptions/listen", R"({"notifications":{}})", Era::kModern).kind,
            Answer::Kind::kListen);
}

TEST_F(EndpointTest, ACallFindsItsToolAndItsArguments) {
  const Answer answer =
      Ask("tools/call", R"({"name":"tool-1","arguments":{"a": 1e400}})", Era::kModern);
  ASSERT_EQ(answer.kind, Answer::Kind::kCall);
  EXPECT_EQ(answer.tool->name, "tool-1");
  EXPECT_EQ(answer.arguments, R"({"a": 1e400})");
  const Answer unknown = Ask("tools/call", R"({"name":"tool-x"})", Era::kModern);
  EXPECT_EQ(unknown.error.code, kInvalidParams);
  EXPECT_EQ(unknown.error.message, "Unknown tool: tool-x; did you mean \"tool-0\"?");
}

TEST_F(EndpointTest, ACallTooOftenIsAResultThatSaysWhenToTryAgain) {
  for (const Era era : {Era::kLegacy, Era::kModern}) {
    EXPECT_EQ(Ask("tools/call", R"({"name":"tool-0"})", era).kind, Answer::Kind::kCall);
  }
  const Answer legacy = Ask("tools/call", R"({"name":"tool-1"})", Era::kLegacy);
  ASSERT_EQ(legacy.kind, Answer::Kind::kResult);
  EXPECT_EQ(legacy.result,
            R"({"content":[{"type":"text","text":"Not sent: tool-1 is called more often than )"
            R"(--mcp-rate lets one caller. Retry after 1 s."}],"isError":true})");
  const Answer modern = Ask("tools/call", R"({"name":"tool-1"})", Era::kModern);
  EXPECT_EQ(modern.result, ModernResult(legacy.result));
}

TEST_F(EndpointTest, ANewAuthorizationIsNoNewCallerOfAnOpenTool) {
  const std::string text =
      R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"tool-0"}})";
  const auto call = [&](const char* authorization) {
    return endpoint_
        .Handle(ParseMessages(text).messages[0], Era::kLegacy, {"10.0.0.1", authorization})
        .kind;
  };
  EXPECT_EQ(call("Bearer a"), Answer::Kind::kCall);
  EXPECT_EQ(call("Bearer b"), Answer::Kind::kCall);
  EXPECT_EQ(call("Bearer c"), Answer::Kind::kResult);
}

TEST_F(EndpointTest, AModernResultIsTheSameAndMore) {
  EXPECT_EQ(
      ModernResult("{}"),
      absl::StrCat(R"({"resultType":"complete","_meta":{"io.modelcontextprotocol/serverInfo":)",
                   ServerInfo(), "}}"));
  EXPECT_EQ(ModernResult(R"({"a":1})").substr(0, 27), R"({"a":1,"resultType":"comple)");
}

}  // namespace
}  // namespace portico::mcp
