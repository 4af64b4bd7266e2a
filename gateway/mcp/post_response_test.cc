#include "gateway/mcp/post_response.h"

#include <gtest/gtest.h>

#include <string>

namespace portico::mcp {
namespace {

class KeptResponse : public http::ResponseWriter {
 public:
  void Respond(const http::ResponseHead& head, absl::string_view body) override {
    status = head.status();
    fields = head.fields();
    this->body = std::string(body);
  }
  void Start(const http::ResponseHead&) override { FAIL(); }
  void Flush() override { FAIL(); }
  loop::Flow Write(absl::string_view) override { return loop::Flow::kContinue; }
  void End() override { FAIL(); }
  void Abort() override { FAIL(); }
  void ResumeBody() override {}

  int status = 0;
  std::string fields;
  std::string body;
};

TEST(PostResponseTest, JsonSaysThatItIs) {
  KeptResponse response;
  RespondJson(&response, 200, "{}", {{"Vary", "Origin"}});
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.fields,
            "Content-Type: application/json\r\nPortico-Source: portico\r\nVary: Origin\r\n");
  EXPECT_EQ(response.body, "{}");
}

TEST(PostResponseTest, WhatIsEmptyHasNoType) {
  KeptResponse response;
  RespondJson(&response, 202, "", {});
  EXPECT_EQ(response.status, 202);
  EXPECT_EQ(response.fields, "Portico-Source: portico\r\n");
}

TEST(PostResponseTest, ARefusalIsAJsonRpcError) {
  KeptResponse response;
  RespondRefused(&response, {400, {kInvalidRequest, "Invalid request", ""}}, "7", {});
  EXPECT_EQ(response.status, 400);
  EXPECT_EQ(response.body,
            R"({"jsonrpc":"2.0","id":7,"error":{"code":-32600,"message":"Invalid request"}})");
}

}  // namespace
}  // namespace portico::mcp
