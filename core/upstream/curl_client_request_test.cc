// What reaches the upstream, byte for byte.
#include <gtest/gtest.h>
#include <stdlib.h>

#include <fstream>
#include <string>

#include "core/upstream/watched_exchange.h"
#include "tests/fakes/scripted_upstream.h"

namespace portico::upstream {
namespace {

using fakes::RecordedRequest;
using fakes::Script;
using fakes::ScriptedUpstream;

class CurlClientRequestTest : public testing::Test {
 protected:
  CurlClientRequestTest() { upstream_.OnAny(Script::Respond(200, "{}")); }

  // What arrived for `request`, whose url is a path here.
  RecordedRequest Received(UpstreamRequest request) {
    request.url = upstream_.base_uri() + request.url;
    const std::size_t before = upstream_.requests().size();
    WatchedExchange exchange(client_, std::move(request));
    const ExchangeEnd end = exchange.End();
    EXPECT_EQ(end.failure, Failure::kNone) << end.detail;
    EXPECT_TRUE(end.request_sent);
    EXPECT_EQ(upstream_.requests().size(), before + 1);
    return upstream_.requests().back();
  }

  std::string Host() const { return "Host: 127.0.0.1:" + std::to_string(upstream_.port()); }

  ScriptedUpstream upstream_;
  ClientOnLoop client_;
};

TEST_F(CurlClientRequestTest, GetIsSentVerbatimAndWithoutBodyHeaders) {
  const RecordedRequest received =
      Received({.method = "GET", .url = "/v1/../a%2Fb/./c;d=1?x=%20&y=1&y=2&z[]=3"});
  EXPECT_EQ(received.head, "GET /v1/../a%2Fb/./c;d=1?x=%20&y=1&y=2&z[]=3 HTTP/1.1\r\n" + Host() +
                               "\r\nAccept: */*\r\nAccept-Encoding: deflate, gzip, br, zstd\r\n"
                               "User-Agent: portico\r\n\r\n");
}

TEST_F(CurlClientRequestTest, HeadersAndSecretsAreSentInOrder) {
  const RecordedRequest received =
      Received({.method = "GET",
                .url = "/",
                .headers = {{"Accept", "text/event-stream"}, {"X-Empty", ""}, {"x-lower", " v "}},
                .secrets = {{"Authorization", "Bearer s3cret"}}});
  EXPECT_NE(received.head.find("\r\nAccept: text/event-stream\r\nX-Empty:\r\nx-lower: v\r\n"
                               "Authorization: Bearer s3cret\r\n"),
            std::string::npos)
      << received.head;
}

TEST_F(CurlClientRequestTest, BodilessPostPutAndPatchSendLengthZeroAndNoContentType) {
  for (const char* method : {"POST", "PUT", "PATCH"}) {
    SCOPED_TRACE(method);
    const RecordedRequest received = Received({.method = method, .url = "/"});
    EXPECT_EQ(received.method, method);
    EXPECT_EQ(received.Header("content-length"), "0");
    EXPECT_EQ(received.Header("content-type"), std::nullopt);
    EXPECT_EQ(received.Header("transfer-encoding"), std::nullopt);
  }
}

TEST_F(CurlClientRequestTest, BodilessGetDeleteAndOptionsSendNoLength) {
  for (const char* method : {"GET", "DELETE", "OPTIONS", "REPORT"}) {
    SCOPED_TRACE(method);
    const RecordedRequest received = Received({.method = method, .url = "/"});
    EXPECT_EQ(received.method, method);
    EXPECT_EQ(received.Header("content-length"), std::nullopt);
    EXPECT_EQ(received.Header("content-type"), std::nullopt);
  }
}

TEST_F(CurlClientRequestTest, AnyMethodButHeadMayHaveABody) {
  const std::string body("{\"a\":\0\xFF}", 8);
  for (const char* method : {"GET", "POST", "PUT", "PATCH", "DELETE"}) {
    SCOPED_TRACE(method);
    const RecordedRequest received = Received({.method = method,
                                               .url = "/",
                                               .headers = {{"Content-Type", "application/json"}},
                                               .body = body});
    EXPECT_EQ(received.method, method);
    EXPECT_EQ(received.body, body);
    EXPECT_EQ(received.Header("content-type"), "application/json");
  }
}

// With it libcurl would wait a second for "100 Continue".
TEST_F(CurlClientRequestTest, LargeBodyIsSentWithoutExpect) {
  const std::string body(3 * 1024 * 1024, 'x');
  const RecordedRequest received = Received({.method = "POST", .url = "/", .body = body});
  EXPECT_EQ(received.body.size(), body.size());
  EXPECT_EQ(received.Header("expect"), std::nullopt);
}

TEST_F(CurlClientRequestTest, NothingOfOneRequestIsLeftForTheNext) {
  Received({.method = "DELETE",
            .url = "/",
            .headers = {{"Content-Type", "a/b"}, {"X", "1"}},
            .secrets = {{"Authorization", "Bearer s3cret"}},
            .body = "body"});
  Received({.method = "HEAD", .url = "/"});
  const RecordedRequest received = Received({.method = "GET", .url = "/"});
  EXPECT_EQ(received.head, "GET / HTTP/1.1\r\n" + Host() +
                               "\r\nAccept: */*\r\nAccept-Encoding: deflate, gzip, br, zstd\r\n"
                               "User-Agent: portico\r\n\r\n");
  EXPECT_EQ(upstream_.connections(), 1u);
}

TEST_F(CurlClientRequestTest, StreamAsksForNoCompression) {
  const RecordedRequest received = Received({.method = "GET", .url = "/", .stream = true});
  EXPECT_EQ(received.Header("accept-encoding"), "identity");
}

TEST_F(CurlClientRequestTest, ProxiesAndNetrcOfTheEnvironmentAreIgnored) {
  const std::string home = testing::TempDir();
  std::ofstream(home + "/.netrc") << "machine 127.0.0.1 login user password s3cret\n";
  // The client's thread reads none of these. NOLINTBEGIN(concurrency-mt-unsafe)
  setenv("HOME", home.c_str(), 1);
  setenv("http_proxy", "http://127.0.0.1:9", 1);
  setenv("ALL_PROXY", "http://127.0.0.1:9", 1);
  const RecordedRequest received = Received({.method = "GET", .url = "/direct"});
  unsetenv("http_proxy");
  unsetenv("ALL_PROXY");
  // NOLINTEND(concurrency-mt-unsafe)
  EXPECT_EQ(received.target, "/direct");
  EXPECT_EQ(received.Header("authorization"), std::nullopt);
}

TEST_F(CurlClientRequestTest, UnusableRequestEndsSoonAndReachesNobody) {
  const std::string url = upstream_.base_uri() + "/";
  const UpstreamRequest requests[] = {
      {.method = "GET", .url = "ftp://127.0.0.1/"},
      {.method = "GET", .url = "http://user:s3cret@127.0.0.1/"},
      {.method = "G T", .url = url},
      {.method = "GET", .url = url, .headers = {{"X", "a\r\nY: s3cret"}}},
      {.method = "GET", .url = url, .secrets = {{"X", "s3cret\n"}}},
      {.method = "POST", .url = url, .headers = {{"Content-Length", "5"}}, .body = "x"},
      {.method = "GET", .url = "http://127.0.0.1:99999/"},
      {.method = "GET", .url = "http://[::1/"},
  };
  for (const UpstreamRequest& request : requests) {
    SCOPED_TRACE(request.url);
    WatchedExchange exchange(client_, request);
    const ExchangeEnd end = exchange.End();
    EXPECT_EQ(end.failure, Failure::kInvalidRequest) << FailureName(end.failure) << end.detail;
    EXPECT_FALSE(end.request_sent);
    EXPECT_FALSE(end.detail.empty());
    EXPECT_EQ(end.detail.find("s3cret"), std::string::npos);
  }
  EXPECT_EQ(upstream_.connections(), 0u);
}

}  // namespace
}  // namespace portico::upstream
