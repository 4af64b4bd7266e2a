// HTTP/2 by ALPN, unary exchanges only.
#include <gtest/gtest.h>

#include <list>
#include <nlohmann/json.hpp>
#include <string>

#include "absl/time/clock.h"
#include "core/upstream/watched_exchange.h"
#include "tests/fakes/http2_upstream.h"

namespace portico::upstream {
namespace {

using nlohmann::json;

class CurlClientHttp2Test : public testing::Test {
 protected:
  void SetUp() override {
    if (!upstream_.running()) GTEST_SKIP() << "no Node.js here";
  }
  UpstreamRequest Request(const std::string& path) {
    return {.method = "GET", .url = upstream_.base_uri() + path};
  }
  static json Answer(WatchedExchange& exchange) {
    const ExchangeEnd end = exchange.End();
    EXPECT_EQ(end.failure, Failure::kNone) << end.detail;
    EXPECT_EQ(exchange.head().status, 200);
    return json::parse(exchange.body(), nullptr, false);
  }
  // On a connection that is open already: a TLS handshake on a busy machine may
  // take longer than the deadline, and then nothing is sent.
  UpstreamRequest HangingFor(absl::Duration patience) {
    WatchedExchange first(client_, Request("/first"));
    EXPECT_EQ(Answer(first)["connection"], 0);
    UpstreamRequest request = Request("/hang");
    request.deadline = absl::Now() + patience;
    return request;
  }

  fakes::TestCertificate certificate_;
  fakes::Http2Upstream upstream_{certificate_};
  ClientOnLoop client_{{.ca_file = certificate_.certificate_file()}};
};

TEST_F(CurlClientHttp2Test, BurstIsMultiplexedOverOneConnection) {
  std::list<WatchedExchange> exchanges;
  for (int i = 0; i < 64; ++i) exchanges.emplace_back(client_, Request("/" + std::to_string(i)));
  int i = 0;
  for (WatchedExchange& exchange : exchanges) {
    const json answer = Answer(exchange);
    EXPECT_EQ(answer["version"], "2.0");
    EXPECT_EQ(answer["connection"], 0);
    EXPECT_EQ(answer["path"], "/" + std::to_string(i++));
  }
}

TEST_F(CurlClientHttp2Test, BodiesAndHeadersTravelBothWays) {
  UpstreamRequest request = Request("/post");
  request.method = "POST";
  request.body = std::string(300'000, 'b');
  request.headers = {{"X-Mixed-Case", "v"}};
  request.secrets = {{"Authorization", "Bearer x"}};
  WatchedExchange exchange(client_, request);
  const json answer = Answer(exchange);
  EXPECT_EQ(answer["body"].get<std::string>().size(), 300'000u);
  EXPECT_EQ(answer["headers"]["x-mixed-case"], "v");
  EXPECT_EQ(answer["headers"]["authorization"], "Bearer x");
  EXPECT_EQ(*exchange.head().Find("Content-Type"), "application/json");
}

TEST_F(CurlClientHttp2Test, StreamsGetHttp11ConnectionsOfTheirOwn) {
  UpstreamRequest request = Request("/stream");
  request.stream = true;
  WatchedExchange a(client_, request);
  WatchedExchange b(client_, request);
  const json first = Answer(a);
  const json second = Answer(b);
  EXPECT_EQ(first["version"], "1.1");
  EXPECT_NE(first["connection"], second["connection"]);
}

TEST_F(CurlClientHttp2Test, CanBeTurnedOff) {
  ClientOnLoop client({.ca_file = certificate_.certificate_file(), .http2 = false});
  WatchedExchange exchange(client, Request("/"));
  EXPECT_EQ(Answer(exchange)["version"], "1.1");
}

// "/until-abort" is answered once the server knows that nobody waits for "/hang".
// libcurl alone would tell it only with the next request.
TEST_F(CurlClientHttp2Test, CancelResetsTheStreamAndSparesTheOthers) {
  WatchedExchange hanging(client_, Request("/hang"));
  WatchedExchange other(client_, Request("/until-abort"));
  WatchedExchange quick(client_, Request("/quick"));
  EXPECT_EQ(Answer(quick)["connection"], 0);
  hanging.Cancel();
  EXPECT_EQ(Answer(other)["connection"], 0);
  WatchedExchange later(client_, Request("/later"));
  EXPECT_EQ(Answer(later)["connection"], 0);
  EXPECT_FALSE(hanging.ended());
}

TEST_F(CurlClientHttp2Test, DeadlineResetsTheStreamAndSparesTheOthers) {
  WatchedExchange hanging(client_, HangingFor(absl::Milliseconds(500)));
  WatchedExchange other(client_, Request("/until-abort"));
  const ExchangeEnd end = hanging.End();
  EXPECT_EQ(end.failure, Failure::kDeadline) << end.detail;
  EXPECT_TRUE(end.request_sent);
  EXPECT_EQ(Answer(other)["connection"], 0);
}

class CurlClientHttp2AloneTest : public CurlClientHttp2Test {
 protected:
  // Over HTTP/1.1, so that no other exchange uses the first connection.
  UpstreamRequest Observer() {
    UpstreamRequest request = Request("/until-abort");
    request.stream = true;
    return request;
  }
};

TEST_F(CurlClientHttp2AloneTest, CancelClosesAConnectionThatNobodyElseUses) {
  WatchedExchange hanging(client_, Request("/hang"));
  WatchedExchange observer(client_, Observer());
  WatchedExchange quick(client_, Request("/quick"));
  EXPECT_EQ(Answer(quick)["version"], "2.0");
  hanging.Cancel();
  EXPECT_EQ(Answer(observer)["version"], "1.1");
}

TEST_F(CurlClientHttp2AloneTest, DeadlineClosesAConnectionThatNobodyElseUses) {
  WatchedExchange hanging(client_, HangingFor(absl::Milliseconds(500)));
  WatchedExchange observer(client_, Observer());
  const ExchangeEnd end = hanging.End();
  EXPECT_EQ(end.failure, Failure::kDeadline) << end.detail;
  EXPECT_TRUE(end.request_sent);
  EXPECT_EQ(Answer(observer)["version"], "1.1");
}

TEST_F(CurlClientHttp2Test, BodyLimitEndsTheExchangeAndSparesTheOthers) {
  WatchedExchange other(client_, Request("/until-abort"));
  UpstreamRequest request = Request("/large");
  request.limits.body_bytes = 100'000;
  WatchedExchange large(client_, request);
  EXPECT_EQ(large.End().failure, Failure::kResponseTooLarge);
  WatchedExchange hanging(client_, Request("/hang"));
  WatchedExchange quick(client_, Request("/quick"));
  EXPECT_EQ(Answer(quick)["connection"], 0);
  hanging.Cancel();
  EXPECT_EQ(Answer(other)["connection"], 0);
}

TEST_F(CurlClientHttp2Test, PausedExchangeHoldsUpNoOther) {
  bool paused = false;
  WatchedExchange large(client_, Request("/large"),
                        {{},
                         [&](absl::string_view) {
                           if (paused) return Flow::kContinue;
                           paused = true;
                           return Flow::kPause;
                         },
                         {}});
  ASSERT_TRUE(large.WaitForBytes(1));
  for (int i = 0; i < 20; ++i) {
    WatchedExchange other(client_, Request("/other"));
    EXPECT_EQ(Answer(other)["connection"], 0);
  }
  EXPECT_FALSE(large.ended());
  large.Resume();
  EXPECT_EQ(large.End().failure, Failure::kNone);
  EXPECT_EQ(large.body().size(), 4u << 20);
}

}  // namespace
}  // namespace portico::upstream
