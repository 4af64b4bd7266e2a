// MCP over HTTP, row by row of what both eras owe: raw requests, and the exact
// status, code and members that come back.
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

using fakes::McpRequest;
using fakes::ModernFields;
using fakes::ModernRequest;
using fakes::Script;
using nlohmann::json;
using testing::HasSubstr;

class McpProtocolTest : public McpOverHttp {};

TEST_F(McpProtocolTest, ResponsesAreOnlyTakenInTheLegacyEra) {
  const std::string response = R"({"jsonrpc":"2.0","id":1,"result":{}})";
  EXPECT_EQ(Post(response).status, 202);
  const Response modern = Post(response, "MCP-Protocol-Version: 2026-07-28\r\n");
  EXPECT_EQ(modern.status, 400);
  EXPECT_EQ(CodeOf(modern), -32600);
}

TEST_F(McpProtocolTest, AModernFieldWithoutMetaIsToldOfMeta) {
  const Response response = Post(McpRequest("tools/list").dump(), ModernFields("tools/list"));
  EXPECT_EQ(response.status, 400);
  EXPECT_EQ(CodeOf(response), -32602);
  EXPECT_EQ(json::parse(response.body).at("id"), 1);
}

TEST_F(McpProtocolTest, FieldsThatDisagreeAreRefused) {
  const std::string list = ModernRequest("tools/list").dump();
  EXPECT_EQ(CodeOf(Post(list)), -32020);
  EXPECT_EQ(CodeOf(Post(list, ModernFields("tools/call"))), -32020);
  EXPECT_EQ(CodeOf(Post(list, ModernFields("tools/list", "", "2025-11-25"))), -32020);
  EXPECT_EQ(Post(list, ModernFields("tools/call")).status, 400);
  EXPECT_EQ(Post(list, "mcp-protocol-version:   2026-07-28  \r\nMCP-METHOD: tools/list\r\n").status,
            200);
}

TEST_F(McpProtocolTest, AnUnsupportedVersionIsAnsweredWithThoseSupported) {
  json request =
      McpRequest("tools/list", {{"_meta", fakes::ModernMeta(json::object(), "2027-01-01")}});
  const Response response = Post(request.dump(), ModernFields("tools/list", "", "2027-01-01"));
  EXPECT_EQ(response.status, 400);
  const json error = json::parse(response.body).at("error");
  EXPECT_EQ(error.at("code"), -32022);
  EXPECT_EQ(error.at("data"), json({{"supported", {"2026-07-28"}}, {"requested", "2027-01-01"}}));
}

TEST_F(McpProtocolTest, UnknownAndRemovedMethodsAreNotFound) {
  for (const char* method : {"initialize", "ping", "logging/setLevel", "resources/subscribe",
                             "resources/unsubscribe", "no/such"}) {
    const Response response = PostModern(method);
    EXPECT_EQ(response.status, 404) << method;
    EXPECT_EQ(CodeOf(response), -32601) << method;
  }
  const Response legacy = Post(McpRequest("no/such").dump());
  EXPECT_EQ(legacy.status, 200);
  EXPECT_EQ(CodeOf(legacy), -32601);
  EXPECT_EQ(CodeOf(Post(McpRequest("server/discover").dump())), -32601);
}

TEST_F(McpProtocolTest, DiscoverTellsVersionsCapabilitiesAndHowLongToKeepThem) {
  const Response response = PostModern("server/discover");
  EXPECT_EQ(response.status, 200);
  const json result = json::parse(response.body).at("result");
  EXPECT_EQ(result.at("supportedVersions"), json({"2026-07-28"}));
  EXPECT_EQ(result.at("capabilities"), json({{"tools", {{"listChanged", true}}}}));
  EXPECT_EQ(result.at("resultType"), "complete");
  EXPECT_GT(result.at("ttlMs").get<int>(), 0);
  EXPECT_EQ(result.at("cacheScope"), "public");
  EXPECT_EQ(result.at("_meta").at("io.modelcontextprotocol/serverInfo").at("name"), "portico");
  EXPECT_LE(result.at("instructions").get<std::string>().size(), 2048u);
}

TEST_F(McpProtocolTest, InitializeNegotiates) {
  for (const auto& [wanted, got] :
       {std::pair("2024-11-05", "2024-11-05"), std::pair("2025-03-26", "2025-03-26"),
        std::pair("2025-06-18", "2025-06-18"), std::pair("2025-11-25", "2025-11-25"),
        std::pair("2026-07-28", "2025-11-25"), std::pair("1999-01-01", "2025-11-25")}) {
    const Response response =
        Post(McpRequest("initialize", {{"protocolVersion", wanted},
                                       {"capabilities", json::object()},
                                       {"clientInfo", {{"name", "t"}, {"version", "1"}}}})
                 .dump());
    const json result = json::parse(response.body).at("result");
    EXPECT_EQ(result.at("protocolVersion"), got) << wanted;
    EXPECT_EQ(response.Header("mcp-session-id"), std::nullopt);
    EXPECT_FALSE(result.contains("resultType"));
  }
  EXPECT_EQ(CodeOf(Post(McpRequest("initialize").dump())), -32602);
}

TEST_F(McpProtocolTest, ALegacyVersionFieldMustBeKnown) {
  const std::string ping = McpRequest("ping").dump();
  EXPECT_EQ(json::parse(Post(ping).body).at("result"), json::object());
  EXPECT_EQ(Post(ping, "MCP-Protocol-Version: 2025-06-18\r\n").status, 200);
  EXPECT_EQ(Post(ping, "MCP-Protocol-Version: 1999-01-01\r\n").status, 400);
}

TEST_F(McpProtocolTest, BatchesAreOfTheOldestRevisionsOnly) {
  const std::string batch = json::array({McpRequest("ping", json::object(), 1),
                                         McpRequest("no/such", json::object(), "b"),
                                         {{"jsonrpc", "2.0"}, {"method", "notifications/x"}},
                                         7})
                                .dump();
  const Response response = Post(batch, "MCP-Protocol-Version: 2025-03-26\r\n");
  EXPECT_EQ(response.status, 200);
  const json replies = json::parse(response.body);
  ASSERT_EQ(replies.size(), 3u);
  EXPECT_EQ(replies[0].at("id"), 1);
  EXPECT_EQ(replies[1].at("error").at("code"), -32601);
  EXPECT_EQ(replies[2].at("error").at("code"), -32600);
  for (const char* version : {"2025-06-18", "2025-11-25", "2026-07-28"}) {
    const Response refused = Post(batch, absl::StrCat("MCP-Protocol-Version: ", version, "\r\n"));
    EXPECT_EQ(refused.status, 400) << version;
    EXPECT_EQ(CodeOf(refused), -32600) << version;
  }
  EXPECT_EQ(Post(json::array({ModernRequest("tools/list")}).dump()).status, 400);
  EXPECT_EQ(Post(R"([{"jsonrpc":"2.0","method":"notifications/x"}])").status, 202);
}

TEST_F(McpProtocolTest, ErasAreIsolated) {
  const json legacy = json::parse(Post(McpRequest("tools/list").dump()).body).at("result");
  const json modern = json::parse(PostModern("tools/list").body).at("result");
  EXPECT_EQ(legacy.at("tools"), modern.at("tools"));
  EXPECT_EQ(legacy.size(), 1u);
  EXPECT_EQ(modern.at("resultType"), "complete");
  EXPECT_GT(modern.at("ttlMs").get<int>(), 0);
  EXPECT_EQ(modern.at("cacheScope"), "public");
  EXPECT_TRUE(modern.at("_meta").contains("io.modelcontextprotocol/serverInfo"));
}

TEST_F(McpProtocolTest, BadCursorsAndUnknownToolsAreInvalidParams) {
  for (const json& cursor : {json("x"), json(7), json("MTox")}) {
    const Response response = PostModern("tools/list", {{"cursor", cursor}});
    EXPECT_EQ(response.status, 200) << cursor;
    EXPECT_EQ(CodeOf(response), -32602) << cursor;
  }
  EXPECT_EQ(CodeOf(PostModern("tools/list", {{"cursor", ""}})), 0);
  EXPECT_EQ(CodeOf(PostModern("tools/call", {{"name", "none"}}, "none")), -32602);
  EXPECT_EQ(CodeOf(PostModern("tools/call")), -32602);
  EXPECT_EQ(CodeOf(Post(McpRequest("tools/call", {{"name", "none"}}).dump())), -32602);
}

}  // namespace
}  // namespace portico
