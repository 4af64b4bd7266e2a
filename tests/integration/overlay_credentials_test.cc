// How Portico proves itself where an overlay says so, over real sockets both ways.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstdio>

#include "absl/strings/str_cat.h"
#include "tests/fakes/http_caller.h"
#include "tests/fakes/overlaid_portico.h"
#include "tests/fakes/scripted_upstream.h"
#include "tests/fakes/test_certificate.h"

namespace portico {
namespace {

using fakes::HttpCaller;
using fakes::OverlaidPortico;
using fakes::RecordedRequest;
using fakes::Script;
using fakes::ScriptedUpstream;
using fakes::TestCertificate;
using fakes::WriteTestFile;
using testing::HasSubstr;
using testing::Not;

class OverlayCredentialsTest : public testing::Test {
 protected:
  OverlayCredentialsTest() { upstream_.OnAny(Script::Respond(200, "{}")); }

  RecordedRequest LastRequest() const { return upstream_.requests().back(); }

  // Client credentials of a token endpoint on the same upstream.
  std::string ClientCredentials(const std::string& more = "") const {
    return absl::StrCat(
        "  authentication:\n  - clientCredentials:\n      tokenUrl: ", upstream_.base_uri(),
        "/token\n      clientId: me\n      clientSecret: 's3cret-{{env.S}}'\n", more);
  }

  ScriptedUpstream upstream_;
};

TEST_F(OverlayCredentialsTest, SeveralKeysTravelAtOnce) {
  OverlaidPortico portico(upstream_.base_uri(),
                          "  authentication:\n"
                          "  - apiKey: {header: X-App, value: 'app-{{env.APP}}'}\n"
                          "  - apiKey: {query: key, value: 'a&b'}\n"
                          "  - apiKey: {query: sig, value: s}\n"
                          "  - basic: {username: u, password: p}\n");
  EXPECT_EQ(portico.Call("GET", "/v1/pets?tags=x").status, 200);
  EXPECT_EQ(LastRequest().target, "/pets?tags=x&key=a%26b&sig=s");
  EXPECT_EQ(LastRequest().Header("x-app"), "app-test-token");
  EXPECT_EQ(LastRequest().Header("authorization"), "Basic dTpw");
}

TEST_F(OverlayCredentialsTest, NoneSendsNothing) {
  OverlaidPortico portico(upstream_.base_uri(), "  authentication: [{none: {}}]\n");
  portico.Call("GET", "/v1/pets");
  EXPECT_EQ(LastRequest().Header("authorization"), std::nullopt);
}

TEST_F(OverlayCredentialsTest, ATokenFileChangesWithoutARestart) {
  const std::string file = WriteTestFile("token", "one\n");
  OverlaidPortico portico(upstream_.base_uri(),
                          absl::StrCat("  authentication: [{bearer: {tokenFile: ", file, "}}]\n"));
  portico.Call("GET", "/v1/pets");
  EXPECT_EQ(LastRequest().Header("authorization"), "Bearer one");
  ASSERT_EQ(std::rename(WriteTestFile("token.new", "two\n").c_str(), file.c_str()), 0);
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (LastRequest().Header("authorization") != "Bearer two" &&
         std::chrono::steady_clock::now() < end) {
    portico.Call("GET", "/v1/pets");
  }
  EXPECT_EQ(LastRequest().Header("authorization"), "Bearer two");
}

TEST_F(OverlayCredentialsTest, AMissingTokenFileIsNamed) {
  OverlaidPortico portico(upstream_.base_uri(),
                          "  authentication: [{bearer: {tokenFile: /nonexistent/token}}]\n");
  const HttpCaller::Response response = portico.Call("GET", "/v1/pets");
  EXPECT_EQ(response.status, 503);
  EXPECT_THAT(response.body, HasSubstr("CREDENTIAL_NOT_CONFIGURED"));
  EXPECT_THAT(response.body,
              HasSubstr("authentication.tokenFile /nonexistent/token (cannot be read)"));
  EXPECT_TRUE(upstream_.requests().empty());
}

TEST_F(OverlayCredentialsTest, ATokenIsFetchedAndKept) {
  upstream_.On("POST /token", Script::Respond(200, R"({"access_token":"t1","expires_in":600})"));
  OverlaidPortico portico(upstream_.base_uri(), ClientCredentials("      scopes: [a, b]\n"));
  // As many calls as there are loops find one without a token each, at most.
  for (int i = 0; i < 8; ++i) EXPECT_EQ(portico.Call("GET", "/v1/pets").status, 200);
  EXPECT_EQ(LastRequest().Header("authorization"), "Bearer t1");
  int fetches = 0;
  for (const RecordedRequest& request : upstream_.requests()) {
    if (request.target != "/token") continue;
    ++fetches;
    EXPECT_EQ(request.body, "grant_type=client_credentials&scope=a%20b");
    EXPECT_EQ(request.Header("content-type"), "application/x-www-form-urlencoded");
    EXPECT_THAT(request.Header("authorization").value_or(""), testing::StartsWith("Basic "));
  }
  EXPECT_GE(fetches, 1);
  EXPECT_LE(fetches, 2);  // one for each loop
}

TEST_F(OverlayCredentialsTest, A401BringsANewToken) {
  std::atomic<int> tokens{0};
  upstream_.OnAny([&tokens](const RecordedRequest& request) {
    if (request.target == "/token") {
      return Script::Respond(200, absl::StrCat(R"({"access_token":"t)", ++tokens, "\"}"));
    }
    return request.Header("authorization") == "Bearer t1" ? Script::Respond(401, "{}")
                                                          : Script::Respond(200, "{}");
  });
  OverlaidPortico portico(upstream_.base_uri(), ClientCredentials());
  EXPECT_EQ(portico.Call("POST", "/v1/pets", "", R"({"a":1})").status, 200);
  EXPECT_EQ(LastRequest().body, R"({"a":1})");
  EXPECT_EQ(LastRequest().Header("authorization"), "Bearer t2");
}

TEST_F(OverlayCredentialsTest, ARefusedClientIsAFailedPreconditionWithoutTheSecret) {
  upstream_.On("POST /token", Script::Respond(401, R"({"error":"invalid_client"})"));
  OverlaidPortico portico(upstream_.base_uri(), ClientCredentials());
  const HttpCaller::Response response = portico.Call("GET", "/v1/pets");
  EXPECT_EQ(response.status, 503);
  EXPECT_THAT(response.body, HasSubstr("CREDENTIAL_REFUSED"));
  EXPECT_THAT(response.body, HasSubstr("/token answered 401 (invalid_client)"));
  EXPECT_THAT(response.body, Not(HasSubstr("s3cret")));
}

TEST_F(OverlayCredentialsTest, AnAuthorizationServerThatIsDownIsUnavailable) {
  upstream_.On("POST /token", Script::Respond(500, ""));
  OverlaidPortico portico(upstream_.base_uri(), ClientCredentials());
  const HttpCaller::Response response = portico.Call("GET", "/v1/pets");
  EXPECT_EQ(response.status, 503);
  EXPECT_THAT(response.body, HasSubstr("CREDENTIAL_UNAVAILABLE"));
}

class OverlayTlsTest : public testing::Test {
 protected:
  OverlayTlsTest() : upstream_({.certificate = &server_, .client_certificate = &client_}) {
    upstream_.OnAny(Script::Respond(200, "{}"));
  }

  const TestCertificate server_;
  const TestCertificate client_{{"portico"}};
  ScriptedUpstream upstream_;
};

TEST_F(OverlayTlsTest, PorticoTrustsTheAuthorityAndShowsItsCertificate) {
  OverlaidPortico portico(upstream_.base_uri(),
                          absl::StrCat("  tls:\n    caFile: ", server_.certificate_file(),
                                       "\n    certificateFile: ", client_.certificate_file(),
                                       "\n    keyFile: ", client_.key_file(), "\n"));
  EXPECT_EQ(portico.Call("GET", "/v1/pets").status, 200);
  EXPECT_EQ(portico.Call("GET", "/v1/pets").status, 200);
  EXPECT_EQ(upstream_.requests().size(), 2u);
}

TEST_F(OverlayTlsTest, WithoutItsCertificatePorticoIsTurnedAway) {
  OverlaidPortico portico(upstream_.base_uri(),
                          absl::StrCat("  tls: {caFile: ", server_.certificate_file(), "}\n"));
  EXPECT_GE(portico.Call("GET", "/v1/pets").status, 500);
  EXPECT_TRUE(upstream_.requests().empty());
}

TEST_F(OverlayTlsTest, WithoutTheAuthorityNothingIsSent) {
  OverlaidPortico portico(upstream_.base_uri(), "  timeouts: {connect: 2s}\n");
  EXPECT_THAT(portico.Call("GET", "/v1/pets").body, HasSubstr("UPSTREAM_TLS_VERIFICATION"));
}

}  // namespace
}  // namespace portico
