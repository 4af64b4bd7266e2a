#include "gateway/mcp/post_response.h"

#include <gtest/gtest.h>

#include "gateway/http/kept_response.h"

namespace portico::mcp {
namespace {

TEST(PostResponseTest, JsonSaysThatItIs) {
  http::KeptResponse response;
  RespondJson(&response, 200, "{}", {{"Vary", "Origin"}});
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.fields,
            "Content-Type: application/json\r\nPortico-Source: portico\r\nVary: Origin\r\n");
  EXPECT_EQ(response.body, "{}");
}

TEST(PostResponseTest, WhatIsEmptyHasNoType) {
  http::KeptResponse response;
  RespondJson(&response, 202, "", {});
  EXPECT_EQ(response.status, 202);
  EXPECT_EQ(response.fields, "Portico-Source: portico\r\n");
}

TEST(PostResponseTest, ARefusalIsAJsonRpcError) {
  http::KeptResponse response;
  RespondRefused(&response, {400, {kInvalidRequest, "Invalid request", ""}}, "7", {});
  EXPECT_EQ(response.status, 400);
  EXPECT_EQ(response.body,
            R"({"jsonrpc":"2.0","id":7,"error":{"code":-32600,"message":"Invalid request"}})");
}

}  // namespace
}  // namespace portico::mcp
