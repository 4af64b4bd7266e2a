// One REST request at a time, over real sockets both ways: what goes upstream,
// what comes back byte for byte, and what ends a call early.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/fakes/http_caller.h"
#include "tests/fakes/running_portico.h"
#include "tests/fakes/scripted_upstream.h"

namespace portico {
namespace {

using fakes::HttpCaller;
using fakes::RecordedRequest;
using fakes::RunningPortico;
using fakes::Script;
using fakes::ScriptedUpstream;
using nlohmann::json;
using testing::HasSubstr;
using Response = HttpCaller::Response;

class RestCallTest : public testing::Test {
 protected:
  explicit RestCallTest(RunningPortico::Options options = {})
      : portico_([&] {
          options.upstream = upstream_.base_uri();
          return options;
        }()) {}

  Response Call(absl::string_view method, absl::string_view target, absl::string_view fields = "",
                absl::string_view body = "") {
    HttpCaller caller(portico_.rest_address());
    caller.Request(method, target, fields, body);
    return caller.ReadResponse(method == "HEAD");
  }
  // A refusal of Portico's own: its reason, and nothing went upstream.
  std::string Refused(const Response& response) {
    EXPECT_EQ(response.Header("portico-source"), "portico");
    EXPECT_EQ(response.Header("content-type"), "application/problem+json");
    EXPECT_TRUE(upstream_.requests().empty());
    const json problem = json::parse(response.body);
    EXPECT_EQ(problem.at("status"), response.status);
    return problem.at("reason");
  }
  RecordedRequest LastRequest() const { return upstream_.requests().back(); }

  ScriptedUpstream upstream_;
  RunningPortico portico_;
};

TEST_F(RestCallTest, StatusTypeAndBytesPassThrough) {
  const std::string body =
      "{ \"id\" : 1e400,\n \"n\": 9007199254740993, \"s\":\"\\u00e9\", \"id\":2 }\n";
  upstream_.OnAny(Script::Respond(201, body, "Content-Type: application/json; charset=utf-8\r\n"));
  const Response response =
      Call("POST", "/v1/v2/tasks", "", R"({"templateRef":"t",  "values":{}})");
  EXPECT_EQ(response.status, 201);
  EXPECT_EQ(response.body, body);
  EXPECT_EQ(response.Header("content-type"), "application/json; charset=utf-8");
  EXPECT_EQ(response.Header("portico-source"), "upstream");
  EXPECT_EQ(LastRequest().method, "POST");
  EXPECT_EQ(LastRequest().target, "/backstage/v2/tasks");
  EXPECT_EQ(LastRequest().body, R"({"templateRef":"t",  "values":{}})");
  EXPECT_EQ(LastRequest().Header("authorization"), "Bearer test-token");
}

TEST_F(RestCallTest, ErrorBodiesAreTheUpstreamsOwn) {
  for (const int status : {400, 401, 403, 404, 409, 422, 429, 500, 503}) {
    upstream_.OnAny(Script::Respond(status, "not even json",
                                    "Content-Type: text/plain\r\n"
                                    "Retry-After: 10\r\n"));
    const Response response = Call("GET", "/v1/tasks/t");
    EXPECT_EQ(response.status, status);
    EXPECT_EQ(response.body, "not even json");
    EXPECT_EQ(response.Header("retry-after"), "10");
    EXPECT_EQ(response.Header("portico-source"), "upstream");
  }
}

TEST_F(RestCallTest, NoContentHasNoBody) {
  upstream_.OnAny(Script().Send("HTTP/1.1 204 No Content\r\n\r\n"));
  const Response response = Call("DELETE", "/v1/task-runs/trn-1");
  EXPECT_EQ(response.status, 204);
  EXPECT_EQ(response.Header("content-length"), std::nullopt);
  EXPECT_EQ(response.Header("transfer-encoding"), std::nullopt);
}

TEST_F(RestCallTest, PathsAreExactBothWays) {
  upstream_.OnAny(Script::Respond(200, "{}"));
  struct Row {
    const char* target;
    const char* upstream;
  };
  for (const Row& row : {
           Row{"/v1/v2/tasks/a%2Fb", "/backstage/v2/tasks/a%2Fb"},
           Row{"/v1/v2/tasks/a:b@c", "/backstage/v2/tasks/a%3Ab%40c"},
           Row{"/v1/v2/tasks/%C3%A9%20x", "/backstage/v2/tasks/%C3%A9%20x"},
           Row{"/v1/v2/tasks/%25", "/backstage/v2/tasks/%25"},
           Row{"/v1/projects/my%20project%2Fx/jobs", "/northflank/projects/my%20project%2Fx/jobs"},
       }) {
    EXPECT_EQ(Call("GET", row.target).status, 200) << row.target;
    EXPECT_EQ(LastRequest().target, row.upstream);
  }
}

TEST_F(RestCallTest, QueriesAreForwardedAsTheVendorSpellsThem) {
  upstream_.OnAny(Script::Respond(200, "[]"));
  EXPECT_EQ(
      Call("GET", "/v1/task-runs?limit=5&ownerId=a&ownerId=b%26c&taskSlug=x&taskSlug=y").status,
      200);
  EXPECT_THAT(LastRequest().target, HasSubstr("ownerId=a,b%26c"));
  EXPECT_THAT(LastRequest().target, HasSubstr("taskSlug=x&taskSlug=y"));
  EXPECT_THAT(LastRequest().target, HasSubstr("limit=5"));
}

TEST_F(RestCallTest, UnknownQueryParametersAreNamed) {
  const Response response = Call("GET", "/v1/task-runs?ownerID=a&page=2");
  EXPECT_EQ(response.status, 400);
  EXPECT_EQ(Refused(response), "INVALID_FIELD");
  const json errors = json::parse(response.body).at("errors");
  ASSERT_EQ(errors.size(), 2u);
  EXPECT_EQ(errors[0].at("field"), "ownerID");
  EXPECT_THAT(errors[0].at("description").get<std::string>(),
              HasSubstr("did you mean \"ownerId\"?"));
  EXPECT_EQ(errors[1].at("field"), "page");
}

TEST_F(RestCallTest, ImpossiblePathValuesAreNamedAsTheRouteDoes) {
  for (const char* target : {"/v1/v2/tasks/", "/v1/v2/tasks/..", "/v1/v2/tasks/%2E",
                             "/v1/v2/tasks/a%0Ab", "/v1/v2/tasks/%00", "/v1/v2/tasks//cancel"}) {
    const bool cancel = std::string(target).find("cancel") != std::string::npos;
    const Response response = Call(cancel ? "POST" : "GET", target);
    EXPECT_EQ(response.status, 400) << target;
    EXPECT_EQ(Refused(response), "INVALID_FIELD") << target;
    EXPECT_EQ(json::parse(response.body).at("errors")[0].at("field"), "taskid") << target;
  }
  EXPECT_EQ(Refused(Call("GET", "/v1/v2/tasks/%zz")), "MALFORMED_TARGET");
}

TEST_F(RestCallTest, WhatIsNotServedIsToldApart) {
  EXPECT_EQ(Refused(Call("GET", "/v1/nothing")), "NO_SUCH_ROUTE");
  const Response wrong = Call("PATCH", "/v1/v2/tasks");
  EXPECT_EQ(wrong.status, 405);
  EXPECT_EQ(wrong.Header("allow"), "GET, HEAD, POST, OPTIONS");
  EXPECT_EQ(Refused(wrong), "METHOD_NOT_ALLOWED");
  const Response options = Call("OPTIONS", "/v1/v2/tasks");
  EXPECT_EQ(options.status, 204);
  EXPECT_EQ(options.Header("allow"), "GET, HEAD, POST, OPTIONS");
  const Response accept = Call("GET", "/v1/v2/tasks", "Accept: text/html\r\n");
  EXPECT_EQ(accept.status, 406);
  EXPECT_EQ(Refused(accept), "NOT_ACCEPTABLE");
  EXPECT_EQ(Refused(Call("GET", "/v1/v2/tasks?limit=%")), "MALFORMED_TARGET");
}

TEST_F(RestCallTest, ListFieldsMayComeInSeveralLines) {
  upstream_.OnAny(Script::Respond(200, "[]"));
  EXPECT_EQ(Call("GET", "/v1/tasks", "Accept: text/html\r\nAccept: application/json\r\n").status,
            200);
}

TEST_F(RestCallTest, BodiesAreCheckedBeforeTheyAreRead) {
  EXPECT_EQ(Refused(Call("POST", "/v1/v2/tasks")), "INVALID_FIELD");
  EXPECT_EQ(Refused(Call("POST", "/v1/v2/tasks/t/cancel", "", "{}")), "UNEXPECTED_BODY");
  HttpCaller form(portico_.rest_address());
  form.Send(
      "POST /v1/v2/tasks HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n"
      "Content-Type: application/x-www-form-urlencoded\r\n\r\na=b");
  const Response unsupported = form.ReadResponse();
  EXPECT_EQ(unsupported.status, 415);
  EXPECT_EQ(Refused(unsupported), "UNSUPPORTED_MEDIA_TYPE");
  HttpCaller large(portico_.rest_address());
  large.Send("POST /v1/v2/tasks HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1073741824\r\n\r\n");
  const Response too_large = large.ReadResponse();
  EXPECT_EQ(too_large.status, 413);
  EXPECT_EQ(Refused(too_large), "REQUEST_TOO_LARGE");
}

TEST_F(RestCallTest, HeadAnswersGetsHeadAndNoBody) {
  upstream_.OnAny(Script::Respond(200, "{\"a\":1}"));
  const Response response = Call("HEAD", "/v1/v2/tasks/t");
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.Header("content-length"), "7");
  EXPECT_EQ(LastRequest().method, "GET");
}

TEST_F(RestCallTest, OneConnectionServesManyCalls) {
  upstream_.OnAny([](const RecordedRequest& request) {
    return Script::Respond(200, "{\"at\":\"" + request.target + "\"}");
  });
  HttpCaller caller(portico_.rest_address());
  for (int i = 0; i < 20; ++i) {
    const std::string id = std::to_string(i);
    caller.Request("GET", "/v1/tasks/" + id);
    EXPECT_EQ(caller.ReadResponse().body, "{\"at\":\"/render/tasks/" + id + "\"}");
  }
  for (int i = 0; i < 3; ++i) caller.Request("GET", "/v1/tasks/p" + std::to_string(i));
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(caller.ReadResponse().body, "{\"at\":\"/render/tasks/p" + std::to_string(i) + "\"}");
  }
}

TEST_F(RestCallTest, LargeAnswersStreamThrough) {
  std::string body;
  while (body.size() < (40u << 20)) body += std::to_string(body.size()) + ",";
  upstream_.OnAny(Script::Respond(200, body));
  const Response response = Call("GET", "/v1/v2/tasks");
  EXPECT_EQ(response.Header("content-length"), std::to_string(body.size()));
  EXPECT_TRUE(response.body == body);
  upstream_.OnAny(Script()
                      .Send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
                      .Chunk("[1,")
                      .Chunk("2]")
                      .LastChunk());
  const Response chunked = Call("GET", "/v1/v2/tasks");
  EXPECT_EQ(chunked.body, "[1,2]");
  EXPECT_TRUE(chunked.whole);
}

TEST_F(RestCallTest, LargeRequestsStreamThrough) {
  upstream_.OnAny(Script::Respond(201, "{}"));
  std::string body = "{\"values\":\"";
  while (body.size() < (8u << 20)) body += std::to_string(body.size()) + ",";
  body += "\"}";
  EXPECT_EQ(Call("POST", "/v1/v2/tasks", "", body).status, 201);
  EXPECT_TRUE(LastRequest().body == body);
  EXPECT_EQ(LastRequest().Header("content-length"), std::to_string(body.size()));

  HttpCaller caller(portico_.rest_address());
  caller.Send(
      "POST /v1/v2/tasks HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n"
      "Content-Type: application/json\r\n\r\n4\r\n{\"a\"\r\n4\r\n:12}\r\n0\r\n\r\n");
  EXPECT_EQ(caller.ReadResponse().status, 201);
  EXPECT_EQ(LastRequest().body, "{\"a\":12}");
  EXPECT_EQ(LastRequest().Header("content-length"), "8") << "short enough to be known";
}

TEST_F(RestCallTest, EncodedAnswersPassAsTheyAre) {
  upstream_.OnAny(Script::Respond(200, "\x1f\x8b no gzip at all",
                                  "Content-Type: application/json\r\nContent-Encoding: gzip\r\n"));
  const Response response = Call("GET", "/v1/tasks", "Accept-Encoding: gzip, br\r\n");
  EXPECT_EQ(response.body, "\x1f\x8b no gzip at all");
  EXPECT_EQ(response.Header("content-encoding"), "gzip");
  EXPECT_EQ(LastRequest().Header("accept-encoding"), "gzip, br");
  upstream_.OnAny(Script::Respond(200, "[]"));
  Call("GET", "/v1/tasks");
  EXPECT_EQ(LastRequest().Header("accept-encoding"), std::nullopt);
}

TEST_F(RestCallTest, FieldsTravelAsTheyShould) {
  upstream_.OnAny(Script::Respond(
      200, "[]",
      "Content-Type: application/json\r\nETag: \"e\"\r\nLink: </x>\r\nX-RateLimit-Limit: 5\r\n"
      "Set-Cookie: upstreams=secret\r\nWWW-Authenticate: Bearer\r\nConnection: X-Hop\r\n"
      "X-Hop: 1\r\nPortico-Source: portico\r\n"));
  const Response response =
      Call("GET", "/v1/tasks",
           "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\n"
           "X-Request-Id: r-1\r\nIf-None-Match: \"e\"\r\nAuthorization: Bearer callers\r\n"
           "Cookie: callers=1\r\nX-Forwarded-For: 10.1.1.1\r\n");
  EXPECT_EQ(response.Header("etag"), "\"e\"");
  EXPECT_EQ(response.Header("link"), "</x>");
  EXPECT_EQ(response.Header("x-ratelimit-limit"), "5");
  EXPECT_EQ(response.Header("x-request-id"), "r-1");
  EXPECT_THAT(response.Header("traceparent").value_or(""), HasSubstr("0af7651916cd43dd"));
  EXPECT_EQ(response.Header("portico-source"), "upstream");
  for (const char* name : {"set-cookie", "www-authenticate", "x-hop"}) {
    EXPECT_EQ(response.Header(name), std::nullopt) << name;
  }
  const RecordedRequest sent = LastRequest();
  EXPECT_EQ(sent.Header("authorization"), "Bearer test-token");
  EXPECT_EQ(sent.Header("if-none-match"), "\"e\"");
  EXPECT_EQ(sent.Header("x-request-id"), "r-1");
  EXPECT_THAT(sent.Header("traceparent").value_or(""), HasSubstr("0af7651916cd43dd"));
  for (const char* name : {"cookie", "x-forwarded-for"}) {
    EXPECT_EQ(sent.Header(name), std::nullopt) << name;
  }
}

TEST_F(RestCallTest, TheCallersDeadlineEndsTheCallAndItsUpstream) {
  upstream_.OnAny(Script().Hang());
  std::size_t connection = 0;
  for (const char* field : {"Grpc-Timeout: 100m\r\n", "X-Request-Timeout: 0.1\r\n"}) {
    const Response response = Call("GET", "/v1/tasks", field);
    EXPECT_EQ(response.status, 504);
    EXPECT_EQ(json::parse(response.body).at("reason"), "DEADLINE");
    EXPECT_TRUE(upstream_.WaitForPeerClose(connection++).has_value());
  }
  EXPECT_EQ(Call("GET", "/v1/tasks", "Grpc-Timeout: soon\r\n").status, 400);
}

TEST_F(RestCallTest, ACallerWhoLeavesEndsTheUpstreamCallWithin50Milliseconds) {
  // A busy machine only ever adds to what is measured.
  upstream_.OnAny(Script().Hang());
  auto best = std::chrono::nanoseconds::max();
  for (std::size_t attempt = 0; attempt < 20 && best > std::chrono::milliseconds(50); ++attempt) {
    HttpCaller caller(portico_.rest_address());
    caller.Request("GET", "/v1/tasks");
    ASSERT_TRUE(upstream_.WaitForRequests(attempt + 1));
    const auto left = ScriptedUpstream::Clock::now();
    caller.Close();
    const auto closed = upstream_.WaitForPeerClose(attempt);
    ASSERT_TRUE(closed.has_value());
    best = std::min<std::chrono::nanoseconds>(best, *closed - left);
  }
  EXPECT_LE(best, std::chrono::milliseconds(50));
}

TEST_F(RestCallTest, ABodyThatBreaksOffIsToldFromAWholeOne) {
  upstream_.OnAny(Script().Send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[1,2").Reset());
  const Response by_length = Call("GET", "/v1/tasks");
  EXPECT_EQ(by_length.status, 200);
  EXPECT_FALSE(by_length.whole);
  upstream_.OnAny(
      Script().Send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n").Chunk("[1,2").Close());
  EXPECT_FALSE(Call("GET", "/v1/tasks").whole);
}

TEST_F(RestCallTest, AnUpstreamThatIsAwayIsAProblemOfPorticos) {
  upstream_.StopListening();
  const Response response = Call("GET", "/v1/tasks");
  EXPECT_EQ(response.status, 503);
  EXPECT_EQ(Refused(response), "UPSTREAM_CONNECT");
  EXPECT_EQ(json::parse(response.body).at("operation"), "render-workflow-tasks-beta.listtasks");
}

TEST_F(RestCallTest, HealthAndReadinessAreServed) {
  EXPECT_EQ(Call("GET", "/healthz").status, 200);
  const Response ready = Call("GET", "/readyz");
  EXPECT_EQ(ready.status, 200);
  EXPECT_EQ(json::parse(ready.body).at("upstreams").at("scaffolder-tasks"), "ready");
  upstream_.StopListening();
  for (int i = 0; i < 3; ++i) Call("GET", "/v1/tasks");
  const Response unready = Call("GET", "/readyz");
  EXPECT_EQ(unready.status, 503);
  EXPECT_EQ(json::parse(unready.body).at("upstreams").at("render-workflow-tasks-beta"),
            "cannot be reached");
}

TEST_F(RestCallTest, PagesOfOtherOriginsMayNotCall) {
  const Response response =
      Call("POST", "/v1/v2/tasks/t/cancel", "Origin: https://evil.example\r\n");
  EXPECT_EQ(response.status, 403);
  EXPECT_EQ(Refused(response), "FOREIGN_ORIGIN");
  const Response link = Call("GET", "/v1/tasks", "Sec-Fetch-Site: cross-site\r\n");
  EXPECT_EQ(Refused(link), "FOREIGN_ORIGIN");
  EXPECT_EQ(Call("GET", "/healthz", "Sec-Fetch-Site: cross-site\r\n").status, 200);
  HttpCaller rebound(portico_.rest_address());
  rebound.Send("GET /v1/tasks HTTP/1.1\r\nHost: evil.example\r\n\r\n");
  EXPECT_EQ(Refused(rebound.ReadResponse()), "FOREIGN_HOST");
}

class RestCallWithoutKeysTest : public RestCallTest {
 protected:
  RestCallWithoutKeysTest() : RestCallTest({.upstream = "", .token = ""}) {}
};

TEST_F(RestCallWithoutKeysTest, TheMissingVariableIsNamed) {
  const Response response = Call("GET", "/v1/tasks");
  EXPECT_EQ(response.status, 503);
  EXPECT_EQ(Refused(response), "CREDENTIAL_NOT_CONFIGURED");
  EXPECT_THAT(response.body, HasSubstr("RENDER_API_KEY"));
  EXPECT_THAT(Call("GET", "/readyz").body, HasSubstr("RENDER_API_KEY"));
}

class RestCallWithCorsTest : public RestCallTest {
 protected:
  RestCallWithCorsTest()
      : RestCallTest({.upstream = "", .configure = [](server::ServeOptions& options) {
                        options.rest.door.origins.cors_origins = {"https://app.example"};
                        options.rest.door.max_body_bytes = 100'000;
                      }}) {}
};

TEST_F(RestCallWithCorsTest, AllowedOriginsMayPreflightAndRead) {
  const Response preflight =
      Call("OPTIONS", "/v1/v2/tasks",
           "Origin: https://app.example\r\nAccess-Control-Request-Method: POST\r\n"
           "Access-Control-Request-Headers: content-type\r\n");
  EXPECT_EQ(preflight.status, 204);
  EXPECT_EQ(preflight.Header("access-control-allow-origin"), "https://app.example");
  EXPECT_THAT(preflight.Header("access-control-allow-methods").value_or(""), HasSubstr("POST"));
  upstream_.OnAny(Script::Respond(200, "{}", "Access-Control-Allow-Origin: *\r\n"));
  const Response response = Call("GET", "/v1/tasks", "Origin: https://app.example\r\n");
  EXPECT_EQ(response.Header("access-control-allow-origin"), "https://app.example");
}

TEST_F(RestCallWithCorsTest, AChunkedBodyOverTheLimitIsCut) {
  upstream_.OnAny(Script::Respond(200, "{}"));
  HttpCaller caller(portico_.rest_address());
  caller.Send(
      "POST /v1/v2/tasks HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n");
  const std::string chunk = "4000\r\n" + std::string(0x4000, 'x') + "\r\n";
  for (int i = 0; i < 8; ++i) caller.Send(chunk);
  const Response response = caller.ReadResponse();
  EXPECT_EQ(response.status, 413);
  EXPECT_EQ(json::parse(response.body).at("reason"), "REQUEST_TOO_LARGE");
}

}  // namespace
}  // namespace portico
