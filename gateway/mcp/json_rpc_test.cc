#include "gateway/mcp/json_rpc.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"

namespace portico::mcp {
namespace {

using Kind = Message::Kind;

Message One(absl::string_view text) {
  const Parsed parsed = ParseMessages(text);
  EXPECT_FALSE(parsed.batch);
  return parsed.ok() ? parsed.messages[0] : Message();
}

std::string Nested(std::size_t depth) {
  return absl::StrCat(R"({"jsonrpc":"2.0","id":1,"method":"m","params":{"a":)",
                      std::string(depth, '['), std::string(depth, ']'), "}}");
}

TEST(JsonRpcTest, KindsAreToldApart) {
  struct Row {
    const char* text;
    Kind kind;
  };
  for (const Row& row : {
           Row{R"({"jsonrpc":"2.0","id":1,"method":"m"})", Kind::kRequest},
           Row{R"({"jsonrpc":"2.0","id":"a","method":"m","params":{}})", Kind::kRequest},
           Row{R"({"jsonrpc":"2.0","method":"m"})", Kind::kNotification},
           Row{R"({"jsonrpc":"2.0","id":1,"result":{}})", Kind::kResponse},
           Row{R"({"jsonrpc":"2.0","id":1,"error":{"code":1,"message":""}})", Kind::kResponse},
           Row{R"({"jsonrpc":"2.0","id":null,"method":"m"})", Kind::kInvalid},
           Row{R"({"jsonrpc":"2.0","id":1.5,"method":"m"})", Kind::kInvalid},
           Row{R"({"jsonrpc":"2.0","id":{},"method":"m"})", Kind::kInvalid},
           Row{R"({"jsonrpc":"1.0","id":1,"method":"m"})", Kind::kInvalid},
           Row{R"({"id":1,"method":"m"})", Kind::kInvalid},
           Row{R"({"jsonrpc":"2.0","id":1})", Kind::kInvalid},
           Row{R"({"jsonrpc":"2.0","id":1,"method":2})", Kind::kInvalid},
           Row{R"({"jsonrpc":"2.0","id":1,"method":"m","params":[]})", Kind::kInvalid},
           Row{R"({"jsonrpc":"2.0","id":1,"method":"m","params":null})", Kind::kInvalid},
           Row{"1", Kind::kInvalid},
           Row{"\"text\"", Kind::kInvalid},
       }) {
    const Message message = One(row.text);
    EXPECT_EQ(message.kind, row.kind) << row.text;
    EXPECT_EQ(message.error.code == kInvalidRequest, row.kind == Kind::kInvalid) << row.text;
  }
}

TEST(JsonRpcTest, TheIdStaysAsItCame) {
  const std::vector<std::string> ids = {"0",
                                        "-7",
                                        "123456789012345678901234567890",
                                        R"("\u0061\n")",
                                        "\"\"",
                                        absl::StrCat("\"", std::string(100000, 'x'), "\"")};
  for (const std::string& id : ids) {
    const std::string text = absl::StrCat(R"({"jsonrpc":"2.0","id":)", id, R"(,"method":"m"})");
    EXPECT_EQ(One(text).id, id);
    EXPECT_EQ(ResultText(One(text).id, "{}"),
              absl::StrCat(R"({"jsonrpc":"2.0","id":)", id, R"(,"result":{}})"));
  }
}

TEST(JsonRpcTest, AnErrorEchoesTheIdWhereItCanBeRead) {
  EXPECT_EQ(One(R"({"id":7,"method":"m"})").id, "7");
  EXPECT_EQ(One(R"({"id":[7],"method":"m"})").id, "");
  EXPECT_EQ(
      ErrorText("7", {kInvalidRequest, "no \"x\"", "{\"a\":1}"}),
      R"({"jsonrpc":"2.0","id":7,"error":{"code":-32600,"message":"no \"x\"","data":{"a":1}}})");
  EXPECT_EQ(ErrorText("", {kParseError, "x", ""}),
            R"({"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"x"}})");
}

TEST(JsonRpcTest, WhatIsNoJsonIsAParseError) {
  for (const std::string& text :
       std::vector<std::string>{"", " ", "{", "{]", "{'a':1}", "\xFF", "{} {}", "NaN"}) {
    const Parsed parsed = ParseMessages(text);
    EXPECT_FALSE(parsed.ok()) << text;
    EXPECT_EQ(parsed.error.code, kParseError) << text;
  }
}

TEST(JsonRpcTest, DepthIsBounded) {
  EXPECT_TRUE(ParseMessages(Nested(kMaxDepth - 2)).ok());
  EXPECT_EQ(ParseMessages(Nested(kMaxDepth - 1)).error.code, kParseError);
  EXPECT_EQ(ParseMessages(Nested(1000000)).error.code, kParseError);
}

TEST(JsonRpcTest, BatchesAreReadOneByOneAndBounded) {
  const Parsed parsed =
      ParseMessages(R"([{"jsonrpc":"2.0","id":1,"method":"a"},2,{"jsonrpc":"2.0","method":"b"}])");
  ASSERT_EQ(parsed.messages.size(), 3u);
  EXPECT_TRUE(parsed.batch);
  EXPECT_EQ(parsed.messages[0].method, "a");
  EXPECT_EQ(parsed.messages[1].kind, Kind::kInvalid);
  EXPECT_EQ(parsed.messages[2].kind, Kind::kNotification);
  EXPECT_EQ(ParseMessages("[]").error.code, kInvalidRequest);
  std::string many = "[1";
  for (std::size_t i = 0; i < kMaxBatch; ++i) many += ",1";
  EXPECT_EQ(ParseMessages(many + "]").error.code, kInvalidRequest);
}

}  // namespace
}  // namespace portico::mcp
