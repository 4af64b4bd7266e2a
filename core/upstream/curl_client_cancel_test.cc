// Deadlines and cancellation: nothing more is heard, and the upstream knows at once.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <list>
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
using Clock = ScriptedUpstream::Clock;

// The product's promise. A busy machine only ever adds to what is measured, so
// that one attempt within it proves the mechanism.
constexpr std::chrono::milliseconds kPromptly{50};
constexpr int kAttempts = 20;

const std::string kHead = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n";

struct Stage {
  const char* claim;
  Script script;
  bool head;
  std::size_t bytes;
};

std::list<Stage> Stages() {
  return {
      {"before the head", Script().Hang(), false, 0},
      {"after the head", Script().Send(kHead).Hang(), true, 0},
      {"in the body", Script().Send(kHead + "half").Hang(), true, 4},
  };
}

class CurlClientCancelTest : public testing::TestWithParam<bool> {
 protected:
  UpstreamRequest Request(absl::Time deadline = absl::InfiniteFuture()) {
    return {.method = "GET",
            .url = upstream_.base_uri() + "/",
            .stream = GetParam(),
            .deadline = deadline};
  }

  // Whether the exchange got as far as `stage` says.
  bool Reach(const Stage& stage, WatchedExchange& exchange) {
    return upstream_.WaitForRequests(++requests_) && (!stage.head || exchange.WaitForHead()) &&
           exchange.WaitForBytes(stage.bytes);
  }

  // When the upstream saw the last connection close, after `event`.
  Clock::duration ClosedAfter(Clock::time_point event) {
    const auto closed = upstream_.WaitForPeerClose(upstream_.connections() - 1);
    return closed ? *closed - event : Clock::duration::max();
  }

  ScriptedUpstream upstream_;
  ClientOnLoop client_;
  std::size_t requests_ = 0;
};

TEST_P(CurlClientCancelTest, CancelClosesTheSocketPromptly) {
  for (const Stage& stage : Stages()) {
    SCOPED_TRACE(stage.claim);
    upstream_.OnAny(stage.script);
    Clock::duration best = Clock::duration::max();
    for (int i = 0; i < kAttempts && best > kPromptly; ++i) {
      WatchedExchange exchange(client_, Request());
      ASSERT_TRUE(Reach(stage, exchange));
      const Clock::time_point cancelled = Clock::now();
      exchange.Cancel();
      best = std::min(best, ClosedAfter(cancelled));
      EXPECT_FALSE(exchange.ended());
    }
    EXPECT_LE(best, kPromptly);
  }
}

TEST_P(CurlClientCancelTest, DeadlineClosesTheSocketPromptly) {
  constexpr std::chrono::milliseconds kAllowed{300};
  for (const Stage& stage : Stages()) {
    SCOPED_TRACE(stage.claim);
    upstream_.OnAny(stage.script);
    Clock::duration best = Clock::duration::max();
    for (int i = 0; i < kAttempts && best > kPromptly; ++i) {
      const Clock::time_point deadline = Clock::now() + kAllowed;
      WatchedExchange exchange(client_, Request(absl::Now() + absl::FromChrono(kAllowed)));
      const ExchangeEnd end = exchange.End();
      EXPECT_EQ(end.failure, Failure::kDeadline) << end.detail;
      EXPECT_GE(Clock::now() - deadline, -std::chrono::milliseconds(5));
      // A machine may be too busy even to get there.
      if (!end.request_sent || !Reach(stage, exchange)) continue;
      best = std::min(best, ClosedAfter(deadline));
    }
    EXPECT_LE(best, kPromptly);
  }
}

TEST_P(CurlClientCancelTest, PastDeadlineSendsNothing) {
  for (const absl::Duration late : {absl::ZeroDuration(), absl::Seconds(1), absl::Hours(9999)}) {
    WatchedExchange exchange(client_, Request(absl::Now() - late));
    const ExchangeEnd end = exchange.End();
    EXPECT_EQ(end.failure, Failure::kDeadline);
    EXPECT_FALSE(end.request_sent);
  }
  EXPECT_EQ(upstream_.connections(), 0u);
}

// A gRPC call without a deadline has one in the year 2262.
TEST_P(CurlClientCancelTest, FarDeadlinesAreNoTrouble) {
  upstream_.OnAny(Script::Respond(200, "{}"));
  for (const absl::Time deadline :
       {absl::FromUnixNanos(INT64_MAX), absl::Now() + absl::Hours(24 * 40)}) {
    EXPECT_EQ(WatchedExchange(client_, Request(deadline)).End().failure, Failure::kNone);
  }
}

TEST_P(CurlClientCancelTest, ExchangeMayBeDestroyedInAnyOfItsCallbacks) {
  upstream_.OnAny(Script::Respond(200, "body"));
  for (const char* where : {"head", "body", "end"}) {
    SCOPED_TRACE(where);
    std::optional<WatchedExchange> exchange;
    int heard_after = 0;
    bool cancelled = false;
    auto step = [&](const std::string& name) {
      heard_after += cancelled ? 1 : 0;
      if (name == where) {
        cancelled = true;
        exchange->Cancel();
      }
    };
    client_.Run([&] {
      exchange.emplace(client_, Request(),
                       WatchedExchange::Hooks{[&] { step("head"); },
                                              [&](absl::string_view) {
                                                step("body");
                                                return Flow::kContinue;
                                              },
                                              [&] { step("end"); }});
    });
    ASSERT_TRUE(upstream_.WaitForRequests(++requests_));
    if (std::string(where) != "end") {
      ASSERT_TRUE(upstream_.WaitForPeerClose(upstream_.connections() - 1));
    } else {
      EXPECT_EQ(exchange->End().failure, Failure::kNone);
    }
    client_.Run([&] {
      EXPECT_TRUE(cancelled);
      EXPECT_EQ(heard_after, 0);
    });
  }
}

TEST_P(CurlClientCancelTest, OneExchangeMayEndAndStartOthersFromItsCallbacks) {
  upstream_.On("GET /", Script::Respond(200, "body"));
  upstream_.On("GET /hang", Script().Send(kHead).Hang());
  upstream_.On("GET /later", Script::Respond(200, "later"));
  UpstreamRequest hanging = Request();
  hanging.url += "hang";
  UpstreamRequest later = Request();
  later.url += "later";
  WatchedExchange victim(client_, hanging);
  ASSERT_TRUE(victim.WaitForHead());
  std::list<WatchedExchange> started;
  WatchedExchange killer(client_, Request(),
                         {[&] {
                            victim.Cancel();
                            started.emplace_back(client_, later);
                            // Begun and given up within libcurl's callback.
                            started.emplace_back(client_, later).Cancel();
                          },
                          {},
                          [&] { started.emplace_back(client_, later); }});
  EXPECT_EQ(killer.End().failure, Failure::kNone);
  EXPECT_TRUE(upstream_.WaitForPeerClose(0));
  client_.Run([] {});  // on_end has returned
  ASSERT_EQ(started.size(), 3u);
  EXPECT_EQ(started.front().End().failure, Failure::kNone);
  EXPECT_EQ(started.back().End().failure, Failure::kNone);
  EXPECT_FALSE(std::next(started.begin())->ended());
  EXPECT_FALSE(victim.ended());
}

TEST_P(CurlClientCancelTest, NothingIsHeardInsideStart) {
  upstream_.OnAny(Script::Respond(200, "{}"));
  UpstreamRequest bad = Request();
  bad.url = "nonsense";
  for (const UpstreamRequest& request : {Request(), bad, Request(absl::InfinitePast())}) {
    std::optional<WatchedExchange> exchange;
    client_.Run([&] {
      exchange.emplace(client_, request);
      EXPECT_FALSE(exchange->ended());
    });
    exchange->End();
  }
}

TEST_P(CurlClientCancelTest, ClientMayBeDestroyedWithExchangesUnderWay) {
  upstream_.OnAny(Script().Send(kHead + "half").Hang());
  std::list<WatchedExchange> exchanges;
  for (int i = 0; i < 10; ++i) exchanges.emplace_back(client_, Request());
  for (WatchedExchange& exchange : exchanges) ASSERT_TRUE(exchange.WaitForBytes(4));
  UpstreamRequest bad = Request();
  bad.url = "nonsense";
  client_.Run([&] {
    exchanges.emplace_back(client_, Request());  // not yet connected
    exchanges.emplace_back(client_, bad);        // its end is due
    client_.DestroyClient();
  });
  EXPECT_TRUE(upstream_.WaitForOpenConnections(0));
  for (WatchedExchange& exchange : exchanges) {
    exchange.Resume();
    EXPECT_FALSE(exchange.ended());
  }
}

TEST_P(CurlClientCancelTest, StreamsWaitForTheirFirstByteWithoutLimit) {
  // Far beyond the connect limit: that one must not go on counting.
  auto go = std::make_shared<Gate>();
  upstream_.OnAny(Script().Await(go).Send(kHead + std::string(100, 'x')));
  UpstreamRequest request = Request();
  request.limits.connect = absl::Milliseconds(300);
  WatchedExchange exchange(client_, request);
  ASSERT_TRUE(upstream_.WaitForRequests(1));
  std::unique_ptr<loop::Timer> timer;
  client_.Run([&] { timer = client_.loop().After(absl::Milliseconds(700), [&] { go->Open(); }); });
  const ExchangeEnd end = exchange.End();
  EXPECT_EQ(end.failure, Failure::kNone) << end.detail;
  client_.Run([&] { timer.reset(); });
}

INSTANTIATE_TEST_SUITE_P(Kinds, CurlClientCancelTest, testing::Values(false, true),
                         [](const auto& info) { return info.param ? "Stream" : "Unary"; });

}  // namespace
}  // namespace portico::upstream
