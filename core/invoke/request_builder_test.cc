#include "core/invoke/request_builder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/invoke/call_check.h"
#include "core/invoke/call_fixture.h"

namespace portico::invoke {
namespace {

using plan::ParameterLocation;
using testing::IsEmpty;

class RequestBuilderTest : public CallFixture {
 protected:
  upstream::UpstreamRequest Build() { return BuildRequest(call_, upstream_, credential_); }
};

TEST_F(RequestBuilderTest, CredentialsTravelApartFromOtherHeaders) {
  SetPath("/tasks");
  credential_.headers = {{"Authorization", "Bearer s3cret"}};
  credential_.query = "key=s3cret";
  const upstream::UpstreamRequest request = Build();
  EXPECT_THAT(request.headers, IsEmpty());
  ASSERT_EQ(request.secrets.size(), 1u);
  EXPECT_EQ(request.secrets[0].value, "Bearer s3cret");
  EXPECT_EQ(request.url, "https://api.example/v1/tasks?key=s3cret");
}

TEST_F(RequestBuilderTest, HeadersKeepTheirSpelling) {
  SetPath("/tasks");
  operation_.constant_headers = {{"Accept", "text/event-stream"}};
  Add("X-Trace-ID", ParameterLocation::kHeader, {"t1"});
  call_.headers = {{"traceparent", "00-1"}};
  const upstream::UpstreamRequest request = Build();
  ASSERT_EQ(request.headers.size(), 3u);
  EXPECT_EQ(request.headers[0].name, "Accept");
  EXPECT_EQ(request.headers[1].name, "X-Trace-ID");
  EXPECT_EQ(request.headers[2].value, "00-1");
}

TEST_F(RequestBuilderTest, WhatIsPassedOnDoesNotRepeatADeclaredHeader) {
  SetPath("/tasks");
  Add("Idempotency-Key", ParameterLocation::kHeader, {"field"});
  Add("X-Request-Id", ParameterLocation::kHeader, {});
  call_.headers = {
      {"idempotency-key", "meta"}, {"x-request-id", "r"}, {"baggage", "a"}, {"baggage", "b"}};
  const upstream::UpstreamRequest request = Build();
  ASSERT_EQ(request.headers.size(), 4u);
  EXPECT_EQ(request.headers[0].value, "field");
  EXPECT_EQ(request.headers[1].value, "r");
  EXPECT_EQ(request.headers[3].value, "b");
}

TEST_F(RequestBuilderTest, SendsNoBodyUnlessToldTo) {
  SetPath("/tasks");
  EXPECT_FALSE(Build().body.has_value());
  call_.arguments.send_body = true;
  call_.arguments.body = "{}";
  const upstream::UpstreamRequest request = Build();
  EXPECT_EQ(request.body, "{}");
  EXPECT_EQ(request.headers.back().value, "application/json");
}

TEST_F(RequestBuilderTest, SendsConstantsWithTheirVariables) {
  SetPath("/tasks/{taskId}?fixed");
  operation_.constants = {{"taskId", ParameterLocation::kPath, "a{{env.A}}"},
                          {"q", ParameterLocation::kQuery, "{{env.A}}&"},
                          {"X", ParameterLocation::kHeader, "x {{env.A}}"}};
  operation_.constant_body = R"({"a":"{{env.A}}"})";
  EXPECT_THAT(MissingVariables(operation_, credential_),
              testing::ElementsAre("env.A", "env.A", "env.A", "env.A"));
  credential_.variables["env.A"] = {"1\"/", ""};
  EXPECT_THAT(MissingVariables(operation_, credential_), IsEmpty());
  const upstream::UpstreamRequest request = Build();
  EXPECT_EQ(request.url, "https://api.example/v1/tasks/a1%22%2F?fixed&q=1%22%2F%26");
  ASSERT_EQ(request.secrets.size(), 1u);
  EXPECT_EQ(request.secrets[0].value, "x 1\"/");
  EXPECT_EQ(request.body, R"({"a":"1\"/"})");
}

TEST_F(RequestBuilderTest, AnOverlaysHeaderStandsBackForAConstant) {
  SetPath("/tasks");
  operation_.constants = {{"X-Client", ParameterLocation::kHeader, "{{env.A}}"}};
  credential_.variables["env.A"] = {"a", ""};
  credential_.fixed_headers = {{"x-client", "b"}, {"X-Other", "c"}};
  const upstream::UpstreamRequest request = Build();
  ASSERT_EQ(request.secrets.size(), 2u);
  EXPECT_EQ(request.secrets[0].value, "a");
  EXPECT_EQ(request.secrets[1].name, "X-Other");
}

TEST_F(RequestBuilderTest, TheCallersAuthorizationReplacesTheCredential) {
  SetPath("/tasks");
  Add("Authorization", ParameterLocation::kHeader, {});
  operation_.parameters[0].replaces_credential = true;
  credential_.headers = {{"X-Key", "k"}};
  credential_.query = "key=k";
  EXPECT_FALSE(ReplacesCredential(call_));
  EXPECT_EQ(Build().url, "https://api.example/v1/tasks?key=k");
  call_.arguments.parameters[0] = {"Bearer mine"};
  EXPECT_TRUE(ReplacesCredential(call_));
  const upstream::UpstreamRequest request = Build();
  EXPECT_EQ(request.url, "https://api.example/v1/tasks");
  ASSERT_EQ(request.secrets.size(), 1u);
  EXPECT_EQ(request.secrets[0].value, "Bearer mine");
}

}  // namespace
}  // namespace portico::invoke
