// TLS: who is believed, and what each refusal is called.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <atomic>
#include <fstream>
#include <string>

#include "absl/time/clock.h"
#include "core/upstream/curl_client.h"
#include "core/upstream/watched_exchange.h"
#include "tests/fakes/scripted_upstream.h"
#include "tests/fakes/test_certificate.h"

namespace portico::upstream {
namespace {

using fakes::Script;
using fakes::ScriptedUpstream;
using fakes::TestCertificate;

CurlOptions Trusting(const TestCertificate& certificate) {
  return {.ca_file = certificate.certificate_file()};
}

ExchangeEnd Call(ClientOnLoop& client, UpstreamRequest request) {
  if (request.method.empty()) request.method = "GET";
  return WatchedExchange(client, std::move(request)).End();
}

TEST(CurlClientTlsTest, CertificateOfTheExtraAuthorityIsBelieved) {
  const TestCertificate certificate;
  ScriptedUpstream upstream({.certificate = &certificate});
  upstream.OnAny(Script::Respond(200, "{}"));
  ClientOnLoop client(Trusting(certificate));
  for (const bool stream : {false, true}) {
    WatchedExchange exchange(client, {.method = "POST",
                                      .url = upstream.base_uri() + "/x",
                                      .body = std::string(200'000, 'x'),
                                      .stream = stream});
    const ExchangeEnd end = exchange.End();
    EXPECT_EQ(end.failure, Failure::kNone) << end.detail;
    EXPECT_EQ(exchange.body(), "{}");
    EXPECT_EQ(upstream.requests().back().body.size(), 200'000u);
  }
}

struct Row {
  const char* claim;
  TestCertificate served;
  bool trusted;
};

TEST(CurlClientTlsTest, CertificatesThatProveNothingAreRefusedAndNothingIsSent) {
  const Row rows[] = {
      {"unknown authority", TestCertificate(), false},
      {"another host", TestCertificate({"other.example", "127.0.0.2"}), true},
      {"expired", TestCertificate({"127.0.0.1"}, TestCertificate::Validity::kExpired), true},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.claim);
    ScriptedUpstream upstream({.certificate = &row.served});
    ClientOnLoop client(row.trusted ? Trusting(row.served) : CurlOptions());
    const ExchangeEnd end = Call(client, {.method = "GET", .url = upstream.base_uri() + "/"});
    EXPECT_EQ(end.failure, Failure::kTlsVerification) << end.detail;
    EXPECT_FALSE(end.request_sent);
    EXPECT_TRUE(upstream.requests().empty());
  }
}

TEST(CurlClientTlsTest, ClearTextOnATlsPortIsAHandshakeFailure) {
  ScriptedUpstream upstream;
  upstream.OnConnect(Script().Send("HTTP/1.1 400 Bad Request\r\n\r\n").Close());
  ClientOnLoop client;
  const ExchangeEnd end = Call(
      client, {.method = "GET", .url = "https://127.0.0.1:" + std::to_string(upstream.port())});
  EXPECT_EQ(end.failure, Failure::kTlsHandshake) << end.detail;
  EXPECT_FALSE(end.request_sent);
}

TEST(CurlClientTlsTest, ResetInTheHandshakeIsTheUpstreamsFailure) {
  const TestCertificate certificate;
  ScriptedUpstream upstream({.certificate = &certificate});
  upstream.OnConnect(Script().Reset());
  ClientOnLoop client(Trusting(certificate));
  const ExchangeEnd end = Call(client, {.method = "GET", .url = upstream.base_uri()});
  // The reset may be there before libcurl has noticed that it is connected.
  EXPECT_THAT(end.failure, testing::AnyOf(Failure::kTlsHandshake, Failure::kConnect)) << end.detail;
  EXPECT_FALSE(end.request_sent);
}

TEST(CurlClientTlsTest, HandshakeCountsAgainstTheConnectLimit) {
  const TestCertificate certificate;
  ScriptedUpstream upstream({.certificate = &certificate});
  upstream.OnConnect(Script().Hang());
  ClientOnLoop client(Trusting(certificate));
  for (const bool stream : {false, true}) {
    UpstreamRequest request{.method = "POST", .url = upstream.base_uri(), .stream = stream};
    request.limits.connect = absl::Milliseconds(50);
    request.deadline = absl::Now() + absl::Seconds(10);
    const ExchangeEnd slow = Call(client, request);
    EXPECT_EQ(slow.failure, Failure::kConnectTimeout) << slow.detail;
    EXPECT_FALSE(slow.request_sent);
    request.limits.connect = absl::Seconds(3);
    request.deadline = absl::Now() + absl::Milliseconds(50);
    const ExchangeEnd late = Call(client, request);
    EXPECT_EQ(late.failure, Failure::kDeadline) << late.detail;
    EXPECT_FALSE(late.request_sent);
  }
}

TEST(CurlClientTlsTest, ConnectionsAreReusedOverTls) {
  const TestCertificate certificate;
  ScriptedUpstream upstream({.certificate = &certificate});
  upstream.OnAny(Script::Respond(200, "{}"));
  ClientOnLoop client(Trusting(certificate));
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(Call(client, {.method = "GET", .url = upstream.base_uri()}).failure, Failure::kNone);
  }
  EXPECT_EQ(upstream.connections(), 1u);
}

// Ends an exchange whose peer is gone while much is still to be sent.
void SendIntoAReset(ClientOnLoop& client, ScriptedUpstream& upstream) {
  upstream.OnConnect(Script().Send("HTTP/1.1 500 Gone\r\n").Reset());
  for (int i = 0; i < 20; ++i) {
    Call(client,
         {.method = "POST", .url = upstream.base_uri() + "/", .body = std::string(4 << 20, 'x')});
  }
}

std::atomic<int> sigpipes = 0;

TEST(CurlClientTlsTest, NoSignalIsRaisedWhenThePeerIsGone) {
  struct sigaction count = {}, before;
  count.sa_handler = [](int) { ++sigpipes; };
  sigaction(SIGPIPE, &count, &before);
  const TestCertificate certificate;
  ClientOnLoop client(Trusting(certificate));
  ScriptedUpstream clear;
  SendIntoAReset(client, clear);
  ScriptedUpstream tls({.certificate = &certificate});
  SendIntoAReset(client, tls);
  sigaction(SIGPIPE, &before, nullptr);
  EXPECT_EQ(sigpipes, 0);
}

TEST(CurlClientTlsTest, UnusableAuthorityFileIsAnErrorAtOnce) {
  const std::string garbage = testing::TempDir() + "/garbage.pem";
  std::ofstream(garbage) << "not a certificate";
  loop::EventLoop loop;
  for (const std::string& file : {std::string("/nonexistent.pem"), garbage, testing::TempDir()}) {
    const auto client = MakeCurlClient(loop, {.ca_file = file});
    ASSERT_FALSE(client.ok()) << file;
    EXPECT_NE(client.status().message().find(file), absl::string_view::npos);
  }
}

}  // namespace
}  // namespace portico::upstream
