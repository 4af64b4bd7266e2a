// Back-pressure: a receiver that pauses holds the upstream back by its socket.
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <optional>
#include <string>

#include "absl/time/clock.h"
#include "core/upstream/watched_exchange.h"
#include "tests/fakes/scripted_upstream.h"

namespace portico::upstream {
namespace {

using fakes::Gate;
using fakes::Script;
using fakes::ScriptedUpstream;

constexpr std::size_t kPiece = 64 * 1024;

std::string HeadOf(std::size_t length) {
  return "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(length) + "\r\n\r\n";
}

class CurlClientPauseTest : public testing::TestWithParam<bool> {
 protected:
  UpstreamRequest Request(const std::string& path = "/") {
    UpstreamRequest request{
        .method = "GET", .url = upstream_.base_uri() + path, .stream = GetParam()};
    request.limits.body_bytes = 1 << 30;
    return request;
  }

  // The loop and the upstream had every chance to go on.
  void LetPass() {
    upstream_.On("GET /other", Script::Respond(200, "{}"));
    for (int i = 0; i < 50; ++i) {
      ASSERT_EQ(WatchedExchange(client_, Request("/other")).End().failure, Failure::kNone);
    }
  }

  ScriptedUpstream upstream_{{.send_buffer_bytes = 64 * 1024}};
  ClientOnLoop client_;
};

TEST_P(CurlClientPauseTest, PausedReceiverHoldsTheUpstreamBack) {
  constexpr std::size_t kPieces = 1024;  // 64 MB
  upstream_.OnAny(
      Script().Send(HeadOf(kPieces * kPiece)).Repeat(std::string(kPiece, 'x'), kPieces));
  std::atomic<std::size_t> calls = 0;
  WatchedExchange exchange(
      client_, Request(),
      {{}, [&](absl::string_view) { return ++calls == 1 ? Flow::kPause : Flow::kContinue; }, {}});
  ASSERT_TRUE(exchange.WaitForBytes(1));
  LetPass();
  EXPECT_EQ(calls, 1u);
  EXPECT_LT(upstream_.bytes_sent(0), 8u << 20);  // what the kernel's buffers take
  EXPECT_FALSE(exchange.ended());
  exchange.Resume();
  EXPECT_EQ(exchange.End().failure, Failure::kNone);
  EXPECT_EQ(exchange.body().size(), kPieces * kPiece);
}

TEST_P(CurlClientPauseTest, EveryPauseLosesNothingAndKeepsTheOrder) {
  std::string body;
  for (int i = 0; i < 100'000; ++i) body += std::to_string(i) + ",";
  upstream_.OnAny(Script().Send(HeadOf(body.size()) + body));
  std::optional<WatchedExchange> exchange;
  std::unique_ptr<loop::Timer> resume;
  bool paused = false;
  bool heard_while_paused = false;
  client_.Run([&] {
    exchange.emplace(
        client_, Request(),
        WatchedExchange::Hooks{{},
                               [&](absl::string_view) {
                                 heard_while_paused |= paused;
                                 paused = true;
                                 resume = client_.loop().After(absl::ZeroDuration(), [&] {
                                   paused = false;
                                   const std::size_t before = exchange->body().size();
                                   exchange->Resume();
                                   // Nothing may come from inside Resume.
                                   EXPECT_EQ(exchange->body().size(), before);
                                 });
                                 return Flow::kPause;
                               },
                               {}});
  });
  EXPECT_EQ(exchange->End().failure, Failure::kNone);
  EXPECT_EQ(exchange->body(), body);
  client_.Run([&] {
    EXPECT_FALSE(heard_while_paused);
    resume.reset();
  });
}

TEST_P(CurlClientPauseTest, WholeResponseEndsThoughPausedWhenNothingIsHeldBack) {
  upstream_.OnAny(Script::Respond(200, "all of it"));
  WatchedExchange exchange(client_, Request(),
                           {{}, [](absl::string_view) { return Flow::kPause; }, {}});
  EXPECT_EQ(exchange.End().failure, Failure::kNone);
  EXPECT_EQ(exchange.body(), "all of it");
}

TEST_P(CurlClientPauseTest, DeadlineRunsWhilePaused) {
  auto go = std::make_shared<Gate>();
  upstream_.OnAny(Script().Send(HeadOf(100) + "a").Await(go).Send("b").Hang());
  UpstreamRequest request = Request();
  request.deadline = absl::Now() + absl::Milliseconds(500);
  WatchedExchange exchange(client_, request,
                           {{}, [](absl::string_view) { return Flow::kPause; }, {}});
  ASSERT_TRUE(exchange.WaitForBytes(1));
  go->Open();
  EXPECT_EQ(exchange.End().failure, Failure::kDeadline);
  EXPECT_EQ(exchange.body(), "a");
  EXPECT_TRUE(upstream_.WaitForPeerClose(0));
}

TEST_P(CurlClientPauseTest, CancelWhilePausedClosesTheSocket) {
  upstream_.OnAny(Script().Send(HeadOf(kPiece << 10)).Repeat(std::string(kPiece, 'x'), 1 << 10));
  WatchedExchange exchange(client_, Request(),
                           {{}, [](absl::string_view) { return Flow::kPause; }, {}});
  ASSERT_TRUE(exchange.WaitForBytes(1));
  LetPass();
  exchange.Cancel();
  EXPECT_TRUE(upstream_.WaitForPeerClose(0));
}

TEST_P(CurlClientPauseTest, CancelRightAfterResumeIsSilent) {
  upstream_.OnAny(Script().Send(HeadOf(kPiece << 10)).Repeat(std::string(kPiece, 'x'), 1 << 10));
  std::atomic<int> calls = 0;
  WatchedExchange exchange(client_, Request(),
                           {{},
                            [&](absl::string_view) {
                              ++calls;
                              return Flow::kPause;
                            },
                            {}});
  ASSERT_TRUE(exchange.WaitForBytes(1));
  LetPass();
  client_.Run([&] {
    exchange.Resume();
    exchange.Cancel();
  });
  LetPass();
  EXPECT_EQ(calls, 1);
}

TEST_P(CurlClientPauseTest, CancelFromTheBodyThatResumeReleases) {
  upstream_.OnAny(Script().Send(HeadOf(kPiece << 10)).Repeat(std::string(kPiece, 'x'), 1 << 10));
  std::optional<WatchedExchange> exchange;
  int calls = 0;
  client_.Run([&] {
    exchange.emplace(client_, Request(),
                     WatchedExchange::Hooks{{},
                                            [&](absl::string_view) {
                                              if (++calls == 2) {
                                                exchange->Cancel();
                                              }
                                              return Flow::kPause;
                                            },
                                            {}});
  });
  ASSERT_TRUE(exchange->WaitForBytes(1));
  LetPass();
  exchange->Resume();
  EXPECT_TRUE(upstream_.WaitForPeerClose(0));
  client_.Run([&] { EXPECT_EQ(calls, 2); });
}

TEST_P(CurlClientPauseTest, LimitBrokenByWhatResumeReleasesEndsTheExchange) {
  if (GetParam()) GTEST_SKIP() << "streams have no body limit";
  upstream_.OnAny(Script().Send(HeadOf(kPiece << 10)).Repeat(std::string(kPiece, 'x'), 1 << 10));
  UpstreamRequest request = Request();
  request.limits.body_bytes = 20'000;  // more than one read, less than two
  WatchedExchange exchange(client_, request,
                           {{}, [](absl::string_view) { return Flow::kPause; }, {}});
  ASSERT_TRUE(exchange.WaitForBytes(1));
  while (!exchange.ended()) exchange.Resume();
  EXPECT_EQ(exchange.End().failure, Failure::kResponseTooLarge);
  EXPECT_TRUE(upstream_.WaitForPeerClose(0));
}

INSTANTIATE_TEST_SUITE_P(Kinds, CurlClientPauseTest, testing::Values(false, true),
                         [](const auto& info) { return info.param ? "Stream" : "Unary"; });

}  // namespace
}  // namespace portico::upstream
