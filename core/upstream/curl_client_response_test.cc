// What the receiver hears of what the upstream says.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "core/upstream/watched_exchange.h"
#include "tests/fakes/scripted_upstream.h"

namespace portico::upstream {
namespace {

using fakes::Script;
using fakes::ScriptedUpstream;

std::string Decode(absl::string_view base64) {
  std::string bytes;
  EXPECT_TRUE(absl::Base64Unescape(base64, &bytes));
  return bytes;
}

constexpr char kPlain[] = R"({"message":"compressed"})";
std::string Gzip() { return Decode("H4sIAAAAAAACA6tWyk0tLk5MT1WyUkrOzy0oAvJSU5RqAcsAEZAYAAAA"); }
std::string Brotli() { return Decode("iwuAeyJtZXNzYWdlIjoiY29tcHJlc3NlZCJ9Aw=="); }
// 1,051 bytes that become 1 MiB of zeros.
std::string GzipBomb() {
  return Decode("H4sIAAAAAAACA+3BMQEAAADCoPVPbQhfo" + std::string(1355, 'A') + "PgMc6jinAAAQAA==");
}

class CurlClientResponseTest : public testing::Test {
 protected:
  struct Result {
    ResponseHead head;
    std::string body;
    ExchangeEnd end;
  };

  Result Get(Script script, UpstreamRequest request = {}) {
    upstream_.OnAny(std::move(script));
    if (request.method.empty()) request.method = "GET";
    request.url = upstream_.base_uri() + "/x?key=s3cret";
    WatchedExchange exchange(client_, std::move(request));
    Result result;
    result.end = exchange.End();
    result.head = exchange.head();
    result.body = exchange.body();
    EXPECT_EQ(result.end.detail.find("s3cret"), std::string::npos) << result.end.detail;
    return result;
  }

  ScriptedUpstream upstream_;
  ClientOnLoop client_;
};

TEST_F(CurlClientResponseTest, EveryStatusIsAResponse) {
  for (const int status : {200, 201, 202, 299, 400, 401, 404, 407, 429, 500, 503, 599, 999}) {
    const Result result = Get(Script::Respond(status, "body", "X-A:  1\r\nx-a: 2\r\n"));
    EXPECT_EQ(result.end.failure, Failure::kNone) << status << result.end.detail;
    EXPECT_EQ(result.head.status, status);
    EXPECT_EQ(*result.head.Find("X-a"), "1");
    EXPECT_EQ(result.head.headers.size(), 3u);
    EXPECT_EQ(result.body, "body");
  }
}

TEST_F(CurlClientResponseTest, RedirectsAreNotFollowed) {
  for (const int status : {301, 302, 303, 307, 308}) {
    const std::size_t before = upstream_.requests().size();
    const Result result = Get(Script::Respond(status, "", "Location: /elsewhere\r\n"));
    EXPECT_EQ(result.head.status, status);
    EXPECT_EQ(*result.head.Find("location"), "/elsewhere");
    EXPECT_EQ(upstream_.requests().size(), before + 1);
  }
}

TEST_F(CurlClientResponseTest, AnswersWithoutBodyEndWithTheirHead) {
  const Result none = Get(Script().Send("HTTP/1.1 204 No Content\r\n\r\n"));
  EXPECT_EQ(none.end.failure, Failure::kNone);
  EXPECT_EQ(none.head.status, 204);
  const Result same = Get(Script().Send("HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n"));
  EXPECT_EQ(same.end.failure, Failure::kNone);
  const Result head = Get(Script().Send("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n"),
                          {.method = "HEAD", .url = ""});
  EXPECT_EQ(head.end.failure, Failure::kNone);
  EXPECT_EQ(head.body, "");
  EXPECT_EQ(upstream_.connections(), 1u);  // all three left it usable
}

TEST_F(CurlClientResponseTest, InterimResponsesAreSkipped) {
  const Result result =
      Get(Script().Send("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\n"
                        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
  EXPECT_EQ(result.head.status, 200);
  EXPECT_EQ(result.head.Find("link"), nullptr);
  EXPECT_EQ(result.body, "ok");
}

TEST_F(CurlClientResponseTest, ChunksTrailersAndSingleBytesArriveWhole) {
  const std::string response =
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X\r\n\r\n"
      "3;ext=1\r\nabc\r\n2\r\nde\r\n0\r\nX-Trailer: 1\r\n\r\n";
  for (const Script& script : {Script().Send(response), Script().SendBytewise(response)}) {
    const Result result = Get(script);
    EXPECT_EQ(result.end.failure, Failure::kNone) << result.end.detail;
    EXPECT_EQ(result.body, "abcde");
    EXPECT_EQ(result.head.Find("x-trailer"), nullptr);
  }
}

TEST_F(CurlClientResponseTest, BodyWithoutLengthEndsWithTheConnection) {
  const Result result = Get(Script().Send("HTTP/1.0 200 OK\r\n\r\nuntil close").Close());
  EXPECT_EQ(result.end.failure, Failure::kNone);
  EXPECT_EQ(result.body, "until close");
}

struct FailureRow {
  const char* claim;
  Script script;
  Failure failure;
};

TEST_F(CurlClientResponseTest, WhatIsNoWholeResponseIsAFailureByItsRow) {
  const std::string ok = "HTTP/1.1 200 OK\r\n";
  const FailureRow rows[] = {
      {"close without answer", Script().Close(), Failure::kConnectionLost},
      {"reset without answer", Script().Reset(), Failure::kConnectionLost},
      {"close in the head", Script().Send(ok).Close(), Failure::kConnectionLost},
      {"short body", Script().Send(ok + "Content-Length: 9\r\n\r\nabc").Close(),
       Failure::kConnectionLost},
      {"reset in the body", Script().Send(ok + "Content-Length: 9\r\n\r\nabc").Reset(),
       Failure::kConnectionLost},
      {"chunks without their end",
       Script().Send(ok + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n").Close(),
       Failure::kConnectionLost},
      {"chunk size that is none",
       Script().Send(ok + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n").Close(),
       Failure::kConnectionLost},
      {"HTTP/0.9", Script().Send("<html>hello</html>").Close(), Failure::kMalformed},
      {"SSH", Script().Send("SSH-2.0-OpenSSH_9.2\r\n").Close(), Failure::kMalformed},
      {"protocol switch nobody asked for",
       Script().Send("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\nxxx").Hang(),
       Failure::kMalformed},
      {"interim response alone", Script().Send("HTTP/1.1 100 Continue\r\n\r\n").Close(),
       Failure::kConnectionLost},
      {"length that is none", Script().Send(ok + "Content-Length: abc\r\n\r\n").Hang(),
       Failure::kMalformed},
      {"gzip that is none", Script::Respond(200, "not gzip at all", "Content-Encoding: gzip\r\n"),
       Failure::kMalformed},
      {"encoding unknown", Script::Respond(200, "x", "Content-Encoding: rot13\r\n"),
       Failure::kMalformed},
  };
  for (const FailureRow& row : rows) {
    SCOPED_TRACE(row.claim);
    const Result result = Get(row.script);
    EXPECT_EQ(result.end.failure, row.failure)
        << FailureName(result.end.failure) << ": " << result.end.detail;
    EXPECT_TRUE(result.end.request_sent);
    EXPECT_FALSE(result.end.detail.empty());
  }
}

TEST_F(CurlClientResponseTest, EncodingsAreDecoded) {
  EXPECT_EQ(Get(Script::Respond(200, Gzip(), "Content-Encoding: gzip\r\n")).body, kPlain);
  EXPECT_EQ(Get(Script::Respond(200, Brotli(), "Content-Encoding: br\r\n")).body, kPlain);
}

TEST_F(CurlClientResponseTest, StreamIsDecodedThoughItAskedForNone) {
  const Result result = Get(Script::Respond(200, Gzip(), "Content-Encoding: gzip\r\n"),
                            {.method = "GET", .url = "", .stream = true});
  EXPECT_EQ(result.body, kPlain);
}

TEST_F(CurlClientResponseTest, BodyLimitCountsDecodedBytes) {
  const Script bomb = Script::Respond(200, GzipBomb(), "Content-Encoding: gzip\r\n");
  const Result whole = Get(bomb);
  ASSERT_EQ(whole.end.failure, Failure::kNone) << whole.end.detail;
  EXPECT_EQ(whole.body.size(), 1u << 20);
  UpstreamRequest request;
  request.limits.body_bytes = (1 << 20) - 1;
  const Result cut = Get(bomb, request);
  EXPECT_EQ(cut.end.failure, Failure::kResponseTooLarge);
  EXPECT_LE(cut.body.size(), request.limits.body_bytes);
  request.limits.body_bytes = 1 << 20;
  EXPECT_EQ(Get(bomb, request).end.failure, Failure::kNone);
}

TEST_F(CurlClientResponseTest, BodyLimitClosesTheConnection) {
  UpstreamRequest request;
  request.limits.body_bytes = 1000;
  const Result result = Get(
      Script().Send("HTTP/1.1 200 OK\r\n\r\n").Repeat(std::string(1000, 'x'), 1 << 20), request);
  EXPECT_EQ(result.end.failure, Failure::kResponseTooLarge);
  EXPECT_NE(result.end.detail.find("1000 bytes"), std::string::npos);
  EXPECT_TRUE(upstream_.WaitForPeerClose(0));
}

TEST_F(CurlClientResponseTest, StreamHasNoBodyLimit) {
  UpstreamRequest request;
  request.limits.body_bytes = 1000;
  request.stream = true;
  const Result result = Get(Script::Respond(200, std::string(5000, 'x')), request);
  EXPECT_EQ(result.end.failure, Failure::kNone);
  EXPECT_EQ(result.body.size(), 5000u);
}

TEST_F(CurlClientResponseTest, HugeHeadsAreCutOff) {
  const std::string line = "X-Header: " + std::string(100, 'x') + "\r\n";
  const FailureRow rows[] = {
      {"too many lines", Script().Send("HTTP/1.1 200 OK\r\n").Repeat("A: b\r\n", 300).Hang(),
       Failure::kResponseTooLarge},
      {"too many bytes", Script().Send("HTTP/1.1 200 OK\r\n").Repeat(line, 1 << 20),
       Failure::kResponseTooLarge},
      {"one endless line",
       Script().Send("HTTP/1.1 200 OK\r\nX: ").Repeat(std::string(1000, 'x'), 1 << 20),
       Failure::kResponseTooLarge},
      {"an endless reason", Script().Send("HTTP/1.1 200 ").Repeat(std::string(1000, 'x'), 1 << 20),
       Failure::kResponseTooLarge},
      {"endless interim responses", Script().Repeat("HTTP/1.1 100 Continue\r\n\r\n", 1 << 20),
       Failure::kResponseTooLarge},
      {"endless trailers",
       Script()
           .Send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n")
           .Repeat("X: y\r\n", 1 << 20),
       Failure::kResponseTooLarge},
  };
  for (const FailureRow& row : rows) {
    SCOPED_TRACE(row.claim);
    const std::size_t connection = upstream_.connections();
    const Result result = Get(row.script);
    EXPECT_EQ(result.end.failure, row.failure)
        << FailureName(result.end.failure) << ": " << result.end.detail;
    EXPECT_TRUE(upstream_.WaitForPeerClose(connection));
  }
}

}  // namespace
}  // namespace portico::upstream
