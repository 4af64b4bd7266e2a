// Request bodies that come in pieces, and response bodies left as encoded.
#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "core/upstream/watched_exchange.h"
#include "tests/fakes/scripted_upstream.h"

namespace portico::upstream {
namespace {

using fakes::Script;
using fakes::ScriptedUpstream;

class CurlClientUploadTest : public testing::Test {
 protected:
  UpstreamRequest Upload(std::optional<std::uint64_t> length, const char* method = "POST") {
    return {.method = method, .url = upstream_.base_uri() + "/up", .body_stream = {{length}}};
  }

  ScriptedUpstream upstream_;
  ClientOnLoop client_;
};

TEST_F(CurlClientUploadTest, KnownLengthIsSaidAndTheBytesFollow) {
  upstream_.OnAny(Script::Respond(201, "{}"));
  for (const char* method : {"POST", "PUT", "PATCH", "DELETE"}) {
    WatchedExchange exchange(client_, Upload(6, method));
    exchange.Send("abc");
    exchange.Send("def");
    exchange.FinishBody();
    EXPECT_EQ(exchange.End().failure, Failure::kNone);
    EXPECT_EQ(exchange.head().status, 201);
    const auto request = upstream_.requests().back();
    EXPECT_EQ(request.method, method);
    EXPECT_EQ(request.body, "abcdef");
    EXPECT_EQ(request.Header("content-length"), "6");
    EXPECT_EQ(request.Header("transfer-encoding"), std::nullopt);
  }
}

TEST_F(CurlClientUploadTest, UnknownLengthIsSentInChunks) {
  upstream_.OnAny(Script::Respond(200, "{}"));
  WatchedExchange exchange(client_, Upload(std::nullopt));
  exchange.Send("hello");
  exchange.FinishBody();
  EXPECT_EQ(exchange.End().failure, Failure::kNone);
  const auto request = upstream_.requests().at(0);
  EXPECT_EQ(request.Header("transfer-encoding"), "chunked");
  EXPECT_EQ(request.Header("content-length"), std::nullopt);
  EXPECT_EQ(request.body, "5\r\nhello\r\n0\r\n\r\n");
}

TEST_F(CurlClientUploadTest, BytesThatComeLateWakeTheUpload) {
  upstream_.OnAny(Script::Respond(200, "{}"));
  WatchedExchange exchange(client_, Upload(4));
  for (const char* byte : {"a", "b", "c", "d"}) {
    exchange.Send(byte);
    // Another exchange comes and goes: the upload has waited for its next byte.
    ASSERT_EQ(
        WatchedExchange(client_, {.method = "GET", .url = upstream_.base_uri()}).End().failure,
        Failure::kNone);
  }
  exchange.FinishBody();
  EXPECT_EQ(exchange.End().failure, Failure::kNone);
  std::string uploaded;
  for (const auto& request : upstream_.requests()) {
    if (request.method == "POST") uploaded = request.body;
  }
  EXPECT_EQ(uploaded, "abcd");
}

TEST_F(CurlClientUploadTest, LargeBodyIsHeldBackAndArrivesWhole) {
  constexpr std::size_t kLength = 8 << 20;
  upstream_.OnAny(Script::Respond(200, "{}"));
  std::string body;
  while (body.size() < kLength) body += std::to_string(body.size()) + ",";
  body.resize(kLength);

  WatchedExchange* exchange = nullptr;
  std::size_t sent = 0;
  std::size_t pauses = 0;
  const auto send = [&] {
    constexpr std::size_t kPiece = 10'000;
    while (sent < kLength) {
      const absl::string_view piece = absl::string_view(body).substr(sent, kPiece);
      sent += piece.size();
      if (exchange->Send(piece) == Flow::kPause) {
        ++pauses;
        return;
      }
    }
    exchange->FinishBody();
  };
  WatchedExchange::Hooks hooks;
  hooks.on_sendable = send;
  WatchedExchange watched(client_, Upload(kLength), hooks);
  exchange = &watched;
  client_.Run(send);
  EXPECT_EQ(watched.End().failure, Failure::kNone);
  EXPECT_GT(pauses, 10u);
  EXPECT_EQ(upstream_.requests().back().body, body);
}

TEST_F(CurlClientUploadTest, AnErrorAnswerEndsTheUploadAndLetsTheBringerGoOn) {
  upstream_.OnConnect(Script::Respond(413, "too much"));
  std::atomic<bool> sendable = false;
  WatchedExchange::Hooks hooks;
  hooks.on_sendable = [&] { sendable = true; };
  WatchedExchange exchange(client_, Upload(1 << 30), hooks);
  const std::string piece(64 * 1024, 'x');
  while (exchange.Send(piece) == Flow::kContinue && !exchange.ended()) {
  }
  EXPECT_EQ(exchange.End().failure, Failure::kNone);
  EXPECT_EQ(exchange.head().status, 413);
  EXPECT_EQ(exchange.body(), "too much");
  EXPECT_TRUE(sendable || exchange.Send(piece) == Flow::kContinue);
}

TEST_F(CurlClientUploadTest, ARefusalArrivesThoughTheUpstreamClosesOnTheUpload) {
  upstream_.OnConnect(Script::Respond(413, "too much").Close());
  const std::string piece(64 * 1024, 'x');
  for (int i = 0; i < 50; ++i) {
    WatchedExchange exchange(client_, Upload(1 << 30));
    while (exchange.Send(piece) == Flow::kContinue && !exchange.ended()) {
    }
    EXPECT_EQ(exchange.End().failure, Failure::kNone) << exchange.End().detail;
    EXPECT_EQ(exchange.head().status, 413);
  }
}

TEST_F(CurlClientUploadTest, AStallEndsTheExchange) {
  upstream_.OnAny(Script().Hang());
  UpstreamRequest request{.method = "GET", .url = upstream_.base_uri()};
  request.limits.stall = absl::Seconds(1);
  WatchedExchange exchange(client_, std::move(request));
  EXPECT_EQ(exchange.End().failure, Failure::kDeadline);
}

TEST_F(CurlClientUploadTest, AnErrorAnswerEndsAnUploadThatWaitsForBytes) {
  upstream_.OnConnect(Script::Respond(401, "who are you"));
  WatchedExchange exchange(client_, Upload(10));
  EXPECT_EQ(exchange.End().failure, Failure::kNone);
  EXPECT_EQ(exchange.head().status, 401);
}

TEST_F(CurlClientUploadTest, ABodyShortOfItsLengthIsAnInvalidRequest) {
  upstream_.OnAny(Script::Respond(200, "{}"));
  WatchedExchange exchange(client_, Upload(10));
  exchange.Send("abc");
  exchange.FinishBody();
  EXPECT_EQ(exchange.End().failure, Failure::kInvalidRequest);
  EXPECT_TRUE(upstream_.requests().empty());
}

TEST_F(CurlClientUploadTest, CancellingAnUploadClosesItsConnection) {
  WatchedExchange exchange(client_, Upload(10));
  exchange.Send("abc");
  while (upstream_.connections() == 0) std::this_thread::yield();
  exchange.Cancel();
  EXPECT_TRUE(upstream_.WaitForPeerClose(0).has_value());
}

TEST_F(CurlClientUploadTest, LaterExchangesOfTheHandleShareConnectionsAgain) {
  upstream_.OnAny(Script::Respond(200, "{}"));
  for (int i = 0; i < 2; ++i) {
    WatchedExchange exchange(client_, Upload(1));
    exchange.Send("x");
    exchange.FinishBody();
    ASSERT_EQ(exchange.End().failure, Failure::kNone);
  }
  const std::size_t before = upstream_.connections();
  for (int i = 0; i < 5; ++i) {
    WatchedExchange get(client_, {.method = "GET", .url = upstream_.base_uri() + "/x"});
    ASSERT_EQ(get.End().failure, Failure::kNone);
    EXPECT_EQ(upstream_.requests().back().body, "");
  }
  EXPECT_EQ(upstream_.connections(), before);
}

TEST_F(CurlClientUploadTest, KeptEncodingLeavesTheBodyAsItCame) {
  const std::string not_even_gzip = "\x1f\x8b pretends";
  upstream_.OnAny(Script::Respond(200, not_even_gzip, "Content-Encoding: gzip\r\n"));
  WatchedExchange kept(client_, {.method = "GET",
                                 .url = upstream_.base_uri(),
                                 .headers = {{"Accept-Encoding", "gzip;q=0.5"}},
                                 .keep_encoding = true});
  EXPECT_EQ(kept.End().failure, Failure::kNone);
  EXPECT_EQ(kept.body(), not_even_gzip);
  EXPECT_EQ(upstream_.requests().back().Header("accept-encoding"), "gzip;q=0.5");
  // The next exchange of the same handle undoes encodings again.
  WatchedExchange undone(client_, {.method = "GET", .url = upstream_.base_uri()});
  EXPECT_EQ(undone.End().failure, Failure::kMalformed);
}

}  // namespace
}  // namespace portico::upstream
