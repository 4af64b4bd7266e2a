// Connections: reused, renewed, waited for, and never used to send twice.
#include <gtest/gtest.h>

#include <list>
#include <memory>
#include <string>

#include "absl/time/clock.h"
#include "core/upstream/watched_exchange.h"
#include "tests/fakes/scripted_upstream.h"

namespace portico::upstream {
namespace {

using fakes::Gate;
using fakes::RecordedRequest;
using fakes::Script;
using fakes::ScriptedUpstream;

class CurlClientConnectionTest : public testing::Test {
 protected:
  UpstreamRequest Request(std::string method, const std::string& path = "/") {
    return {.method = std::move(method), .url = upstream_.base_uri() + path};
  }

  ExchangeEnd Call(UpstreamRequest request) {
    return WatchedExchange(client_, std::move(request)).End();
  }

  // `count` GETs under way at once, each answered only when all have arrived.
  void Burst(std::size_t count) {
    auto all_here = std::make_shared<Gate>();
    const std::size_t before = upstream_.requests().size();
    upstream_.OnAny(
        Script().Await(all_here).Send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"));
    std::list<WatchedExchange> exchanges;
    for (std::size_t i = 0; i < count; ++i) exchanges.emplace_back(client_, Request("GET"));
    ASSERT_TRUE(upstream_.WaitForRequests(before + count));
    all_here->Open();
    for (WatchedExchange& exchange : exchanges) {
      const ExchangeEnd end = exchange.End();
      ASSERT_EQ(end.failure, Failure::kNone) << end.detail;
    }
  }

  ScriptedUpstream upstream_;
  ClientOnLoop client_;
};

// libcurl's default would close idle connections between the bursts: 576 new ones.
TEST_F(CurlClientConnectionTest, SixBurstsOf64MakeSixtyFourConnections) {
  for (int burst = 0; burst < 6; ++burst) Burst(64);
  EXPECT_EQ(upstream_.connections(), 64u);
}

TEST_F(CurlClientConnectionTest, SequentialCallsShareOneConnection) {
  upstream_.OnAny(Script::Respond(200, "{}"));
  for (const char* method : {"GET", "POST", "DELETE", "HEAD", "PUT", "GET"}) {
    if (std::string(method) == "HEAD") continue;  // its scripted body would be read as an answer
    EXPECT_EQ(Call(Request(method)).failure, Failure::kNone);
  }
  EXPECT_EQ(upstream_.connections(), 1u);
}

TEST_F(CurlClientConnectionTest, StreamHasAConnectionOfItsOwnAndClosesIt) {
  upstream_.OnAny(Script::Respond(200, "{}"));
  EXPECT_EQ(Call(Request("GET")).failure, Failure::kNone);  // leaves an idle connection
  UpstreamRequest request = Request("GET");
  request.stream = true;
  EXPECT_EQ(Call(request).failure, Failure::kNone);
  EXPECT_EQ(Call(request).failure, Failure::kNone);
  EXPECT_EQ(upstream_.connections(), 3u);
  EXPECT_TRUE(upstream_.WaitForPeerClose(1));
  EXPECT_TRUE(upstream_.WaitForPeerClose(2));
  EXPECT_EQ(Call(Request("GET")).failure, Failure::kNone);
  EXPECT_EQ(upstream_.connections(), 3u);
}

TEST_F(CurlClientConnectionTest, RestartOfTheUpstreamLosesNoCall) {
  Burst(32);
  upstream_.Restart();
  upstream_.OnAny(Script::Respond(200, "{}"));
  for (int i = 0; i < 60; ++i) {
    const ExchangeEnd end = Call(Request(i % 2 == 0 ? "GET" : "POST"));
    ASSERT_EQ(end.failure, Failure::kNone) << i << ": " << end.detail;
  }
}

// A kept-open connection that takes a request and closes: the upstream may have
// acted on it. libcurl alone would send a POST again.
class CurlClientResendTest : public CurlClientConnectionTest {
 protected:
  void SetUp() override {
    upstream_.OnAny([](const RecordedRequest& request) {
      const bool kept_open = request.connection == 0 && request.target != "/first";
      return kept_open ? Script().Close() : Script::Respond(200, "{}");
    });
    ASSERT_EQ(Call(Request("GET", "/first")).failure, Failure::kNone);
  }
};

TEST_F(CurlClientResendTest, PostIsNeverSentTwice) {
  for (const bool with_body : {false, true}) {
    UpstreamRequest request = Request("POST", "/second");
    if (with_body) request.body = "{}";
    const std::size_t before = upstream_.requests().size();
    const ExchangeEnd end = Call(request);
    EXPECT_EQ(upstream_.requests().size(), before + 1);
    if (with_body) continue;  // by now on a fresh connection, which answers
    EXPECT_EQ(end.failure, Failure::kConnectionLost) << end.detail;
    EXPECT_TRUE(end.request_sent);
  }
}

TEST_F(CurlClientResendTest, PatchWithBodyIsNeverSentTwice) {
  UpstreamRequest request = Request("PATCH", "/second");
  request.body = "{}";
  EXPECT_EQ(Call(request).failure, Failure::kConnectionLost);
  EXPECT_EQ(upstream_.requests().size(), 2u);
}

TEST_F(CurlClientResendTest, GetMovesToAFreshConnection) {
  const ExchangeEnd end = Call(Request("GET", "/second"));
  EXPECT_EQ(end.failure, Failure::kNone) << end.detail;
  EXPECT_EQ(upstream_.requests().size(), 3u);
  EXPECT_EQ(upstream_.connections(), 2u);
}

TEST_F(CurlClientConnectionTest, RefusedConnectionIsAConnectFailure) {
  upstream_.StopListening();
  const ExchangeEnd end = Call(Request("POST"));
  EXPECT_EQ(end.failure, Failure::kConnect) << end.detail;
  EXPECT_FALSE(end.request_sent);
}

TEST_F(CurlClientConnectionTest, EachHandleIsCleanAfterFailures) {
  upstream_.OnAny([](const RecordedRequest& request) {
    return request.target == "/reset" ? Script().Send("HTTP/1.1 200 OK\r\n").Reset()
                                      : Script::Respond(200, "{}");
  });
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(Call(Request("GET", "/reset")).failure, Failure::kConnectionLost);
    EXPECT_EQ(Call(Request("GET", "/fine")).failure, Failure::kNone);
  }
}

class CurlClientQueueTest : public testing::Test {
 protected:
  UpstreamRequest Request(const std::string& path) {
    return {.method = "GET", .url = upstream_.base_uri() + path};
  }
  // Two that hold the only two places until `gate_`.
  void FillPlaces() {
    upstream_.OnAny(Script::Respond(200, "{}"));
    for (const char* path : {"/a", "/b"}) {
      upstream_.On(std::string("GET ") + path,
                   Script().Await(gate_).Send("HTTP/1.1 204 No Content\r\n\r\n"));
      holders_.emplace_back(client_, Request(path));
    }
    ASSERT_TRUE(upstream_.WaitForRequests(2));
  }

  ScriptedUpstream upstream_;
  std::shared_ptr<Gate> gate_ = std::make_shared<Gate>();
  ClientOnLoop client_{CurlOptions{.max_host_connections = 2}};
  std::list<WatchedExchange> holders_;
};

TEST_F(CurlClientQueueTest, WhoWaitsIsServedInOrderOnTheSameConnections) {
  FillPlaces();
  std::list<WatchedExchange> waiting;
  for (const char* path : {"/1", "/2", "/3", "/4"}) waiting.emplace_back(client_, Request(path));
  EXPECT_EQ(upstream_.requests().size(), 2u);
  gate_->Open();
  for (WatchedExchange& exchange : waiting) EXPECT_EQ(exchange.End().failure, Failure::kNone);
  EXPECT_EQ(upstream_.connections(), 2u);
  // Two at a time: within a pair the order on the wire is open.
  const auto requests = upstream_.requests();
  ASSERT_EQ(requests.size(), 6u);
  EXPECT_LE(requests[2].target, "/2");
  EXPECT_GE(requests[5].target, "/3");
}

TEST_F(CurlClientQueueTest, DeadlinePassesWhileWaitingAndNothingIsSent) {
  FillPlaces();
  UpstreamRequest request = Request("/late");
  const absl::Time start = absl::Now();
  request.deadline = start + absl::Milliseconds(30);
  WatchedExchange late(client_, request);
  const ExchangeEnd end = late.End();
  EXPECT_EQ(end.failure, Failure::kDeadline);
  EXPECT_FALSE(end.request_sent);
  EXPECT_NE(end.detail.find("waiting"), std::string::npos) << end.detail;
  EXPECT_GE(absl::Now() - start, absl::Milliseconds(30));
  gate_->Open();
  for (WatchedExchange& holder : holders_) EXPECT_EQ(holder.End().failure, Failure::kNone);
  EXPECT_EQ(upstream_.requests().size(), 2u);
}

TEST_F(CurlClientQueueTest, TheWaitCountsAgainstTheDeadline) {
  FillPlaces();
  upstream_.On("GET /hang", Script().Hang());
  UpstreamRequest request = Request("/hang");
  const absl::Time start = absl::Now();
  request.deadline = start + absl::Seconds(1);
  WatchedExchange exchange(client_, request);
  std::unique_ptr<loop::Timer> timer;
  client_.Run(
      [&] { timer = client_.loop().After(absl::Milliseconds(700), [&] { gate_->Open(); }); });
  const ExchangeEnd end = exchange.End();
  EXPECT_EQ(end.failure, Failure::kDeadline);
  EXPECT_TRUE(end.request_sent);
  EXPECT_LT(absl::Now() - start, absl::Milliseconds(1600));  // not 0.7 s and then 1 s more
  client_.Run([&] { timer.reset(); });
}

TEST_F(CurlClientQueueTest, CancelledWhileWaitingLeavesThePlaceToTheNext) {
  FillPlaces();
  WatchedExchange cancelled(client_, Request("/cancelled"));
  WatchedExchange next(client_, Request("/next"));
  cancelled.Cancel();
  gate_->Open();
  EXPECT_EQ(next.End().failure, Failure::kNone);
  EXPECT_FALSE(cancelled.ended());
  EXPECT_EQ(upstream_.requests().back().target, "/next");
}

TEST_F(CurlClientQueueTest, CancelledWhileRunningGivesItsPlaceAway) {
  FillPlaces();
  WatchedExchange next(client_, Request("/next"));
  holders_.front().Cancel();
  EXPECT_EQ(next.End().failure, Failure::kNone);
}

TEST_F(CurlClientQueueTest, StreamsDoNotWait) {
  FillPlaces();
  UpstreamRequest request = Request("/stream");
  request.stream = true;
  EXPECT_EQ(WatchedExchange(client_, request).End().failure, Failure::kNone);
}

TEST_F(CurlClientQueueTest, OtherHostsDoNotWait) {
  FillPlaces();
  ScriptedUpstream other;
  other.OnAny(Script::Respond(200, "{}"));
  WatchedExchange exchange(client_, {.method = "GET", .url = other.base_uri()});
  EXPECT_EQ(exchange.End().failure, Failure::kNone);
}

}  // namespace
}  // namespace portico::upstream
