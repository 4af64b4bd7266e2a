#include "gateway/mcp/protocol_check.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"

namespace portico::mcp {
namespace {

constexpr char kMeta[] = R"("_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",)"
                         R"("io.modelcontextprotocol/clientCapabilities":{}})";

std::string Request(absl::string_view method, absl::string_view params) {
  return absl::StrCat(R"({"jsonrpc":"2.0","id":1,"method":")", method, R"(","params":{)", params,
                      "}}");
}

ProtocolFields Fields(std::optional<std::string> version, std::optional<std::string> method,
                      std::optional<std::string> name = std::nullopt) {
  return {std::move(version), std::move(method), std::move(name)};
}

// 0: nothing is wrong.
int CodeOf(const std::string& text, const ProtocolFields* fields) {
  const Parsed parsed = ParseMessages(text);
  EXPECT_TRUE(parsed.ok()) << text;
  const Message& message = parsed.messages[0];
  const auto refusal = CheckModern(message, fields);
  if (!refusal.has_value()) return 0;
  EXPECT_EQ(refusal->status, 400);
  return refusal->error.code;
}

TEST(ProtocolCheckTest, HeaderFieldsMustAgreeWithTheBody) {
  struct Row {
    const char* name;
    ProtocolFields fields;
    int code;
  };
  const std::string call = Request("tools/call", absl::StrCat(R"("name":"Tool",)", kMeta));
  for (const Row& row : {
           Row{"all agree", Fields("2026-07-28", "tools/call", "Tool"), 0},
           Row{"no version", Fields(std::nullopt, "tools/call", "Tool"), kHeaderMismatch},
           Row{"other version", Fields("2025-11-25", "tools/call", "Tool"), kHeaderMismatch},
           Row{"no method", Fields("2026-07-28", std::nullopt, "Tool"), kHeaderMismatch},
           Row{"other method", Fields("2026-07-28", "tools/list", "Tool"), kHeaderMismatch},
           Row{"case of the method", Fields("2026-07-28", "Tools/Call", "Tool"), kHeaderMismatch},
           Row{"no name", Fields("2026-07-28", "tools/call"), kHeaderMismatch},
           Row{"case of the name", Fields("2026-07-28", "tools/call", "tool"), kHeaderMismatch},
           Row{"encoded", Fields("2026-07-28", "tools/call", "=?base64?VG9vbA==?="), 0},
           Row{"encoded other", Fields("2026-07-28", "tools/call", "=?base64?dG9vbA==?="),
               kHeaderMismatch},
           Row{"no padding", Fields("2026-07-28", "tools/call", "=?base64?VG9vbA?="),
               kHeaderMismatch},
           Row{"no base64", Fields("2026-07-28", "tools/call", "=?base64?!!!!?="), kHeaderMismatch},
           Row{"no marks", Fields("2026-07-28", "tools/call", "VG9vbA=="), kHeaderMismatch},
       }) {
    EXPECT_EQ(CodeOf(call, &row.fields), row.code) << row.name;
  }
}

TEST(ProtocolCheckTest, MetaOwesVersionAndCapabilities) {
  struct Row {
    const char* meta;
    int code;
  };
  const ProtocolFields fields = Fields("2026-07-28", "tools/list");
  for (const Row& row : {
           Row{R"("io.modelcontextprotocol/clientCapabilities":{})", kInvalidParams},
           Row{R"("io.modelcontextprotocol/protocolVersion":"2026-07-28")", kInvalidParams},
           Row{R"("io.modelcontextprotocol/protocolVersion":7)", kInvalidParams},
           Row{R"("io.modelcontextprotocol/protocolVersion":"2026-07-28",)"
               R"("io.modelcontextprotocol/clientCapabilities":[])",
               kInvalidParams},
           Row{R"("io.modelcontextprotocol/protocolVersion":"2026-07-28",)"
               R"("io.modelcontextprotocol/clientCapabilities":{},)"
               R"("io.modelcontextprotocol/logLevel":"loud")",
               kInvalidParams},
           Row{R"("io.modelcontextprotocol/protocolVersion":"2026-07-28",)"
               R"("io.modelcontextprotocol/clientCapabilities":{},)"
               R"("io.modelcontextprotocol/logLevel":"info")",
               0},
       }) {
    EXPECT_EQ(CodeOf(Request("tools/list", absl::StrCat("\"_meta\":{", row.meta, "}")), &fields),
              row.code)
        << row.meta;
  }
}

TEST(ProtocolCheckTest, AVersionThatIsNotOursIsToldWithThoseThatAre) {
  const std::string text =
      Request("tools/list", R"("_meta":{"io.modelcontextprotocol/protocolVersion":"2099-01-01"})");
  const ProtocolFields fields = Fields("2099-01-01", "tools/list");
  const Parsed parsed = ParseMessages(text);
  const auto refusal = CheckModern(parsed.messages[0], &fields);
  ASSERT_TRUE(refusal.has_value());
  EXPECT_EQ(refusal->error.code, kUnsupportedVersion);
  EXPECT_EQ(refusal->error.data, R"({"supported":["2026-07-28"],"requested":"2099-01-01"})");
}

TEST(ProtocolCheckTest, StdioHasNoFieldsToAgree) {
  EXPECT_EQ(CodeOf(Request("tools/call", absl::StrCat(R"("name":"t",)", kMeta)), nullptr), 0);
}

TEST(ProtocolCheckTest, ANotificationIsOnlyHeldToWhatItSays) {
  const std::string text = R"({"jsonrpc":"2.0","method":"notifications/x"})";
  const ProtocolFields agrees = Fields("2026-07-28", std::nullopt);
  const ProtocolFields differs = Fields("2026-07-28", "notifications/y");
  EXPECT_EQ(CodeOf(text, &agrees), 0);
  EXPECT_EQ(CodeOf(text, &differs), kHeaderMismatch);
}

TEST(ProtocolCheckTest, ALegacyVersionMustBeOursButForInitialize) {
  const std::string list = Request("tools/list", "");
  const std::string initialize = Request("initialize", "");
  const auto refused = [](const std::string& text, std::optional<std::string> version) {
    const ProtocolFields fields = Fields(std::move(version), std::nullopt);
    return CheckLegacy(ParseMessages(text).messages[0], &fields).has_value();
  };
  EXPECT_FALSE(refused(list, std::nullopt));
  for (const absl::string_view version : kLegacyVersions) {
    EXPECT_FALSE(refused(list, std::string(version)));
  }
  EXPECT_TRUE(refused(list, "1999-01-01"));
  EXPECT_TRUE(refused(list, ""));
  EXPECT_FALSE(refused(initialize, "1999-01-01"));
}

}  // namespace
}  // namespace portico::mcp
