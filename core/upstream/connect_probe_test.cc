#include "core/upstream/connect_probe.h"

#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <string>
#include <vector>

#include "core/upstream/watched_exchange.h"
#include "tests/fakes/scripted_upstream.h"
#include "tests/fakes/test_certificate.h"

namespace portico::upstream {
namespace {

using fakes::Script;
using fakes::ScriptedUpstream;
using fakes::TestCertificate;

class ConnectProbeTest : public testing::Test {
 protected:
  ConnectProbeTest() { Make({}); }
  ~ConnectProbeTest() override {
    loop_.Run([&] {
      probes_.clear();
      prober_.reset();
    });
  }

  void Make(const CurlOptions& options) {
    loop_.Run([&] { prober_ = *MakeConnectProber(loop_.loop(), options); });
  }

  ExchangeEnd Probe(const std::string& uri, absl::Duration timeout = absl::Seconds(5)) {
    std::promise<ExchangeEnd> result;
    loop_.Run([&] {
      probes_.push_back(prober_->Start(
          uri, timeout, [&](const ExchangeEnd& end) { result.set_value(std::move(end)); }));
    });
    return result.get_future().get();
  }

  ClientOnLoop loop_;  // for its loop
  std::unique_ptr<ConnectProber> prober_;
  std::vector<std::unique_ptr<ConnectProbe>> probes_;
};

TEST_F(ConnectProbeTest, ReachableUpstreamHearsNoRequest) {
  ScriptedUpstream upstream;
  const ExchangeEnd end = Probe(upstream.base_uri() + "/v1?x=y");
  EXPECT_EQ(end.failure, Failure::kNone) << end.detail;
  EXPECT_TRUE(upstream.WaitForPeerClose(0));
  EXPECT_TRUE(upstream.requests().empty());
}

TEST_F(ConnectProbeTest, RefusalIsAConnectFailure) {
  ScriptedUpstream upstream;
  upstream.StopListening();
  EXPECT_EQ(Probe(upstream.base_uri()).failure, Failure::kConnect);
}

TEST_F(ConnectProbeTest, TlsIsVerified) {
  const TestCertificate certificate;
  ScriptedUpstream upstream({.certificate = &certificate});
  const ExchangeEnd distrusted = Probe(upstream.base_uri());
  EXPECT_EQ(distrusted.failure, Failure::kTlsVerification) << distrusted.detail;
  Make({.ca_file = certificate.certificate_file()});
  const ExchangeEnd trusted = Probe(upstream.base_uri());
  EXPECT_EQ(trusted.failure, Failure::kNone) << trusted.detail;
}

TEST_F(ConnectProbeTest, SilentPeerEndsWithTheTimeout) {
  const TestCertificate certificate;
  ScriptedUpstream upstream({.certificate = &certificate});
  upstream.OnConnect(Script().Hang());
  const ExchangeEnd end = Probe(upstream.base_uri(), absl::Milliseconds(50));
  EXPECT_EQ(end.failure, Failure::kConnectTimeout) << end.detail;
  EXPECT_TRUE(upstream.WaitForPeerClose(0));
}

TEST_F(ConnectProbeTest, UnusableUriIsSaidSoLater) {
  bool within_start = true;
  std::promise<ExchangeEnd> result;
  loop_.Run([&] {
    probes_.push_back(prober_->Start("nonsense", absl::Seconds(1), [&](const ExchangeEnd& end) {
      EXPECT_FALSE(within_start);
      result.set_value(std::move(end));
    }));
    within_start = false;
  });
  EXPECT_EQ(result.get_future().get().failure, Failure::kInvalidRequest);
}

TEST_F(ConnectProbeTest, CancelledProbeIsSilentAndCloses) {
  const TestCertificate certificate;
  ScriptedUpstream upstream({.certificate = &certificate});
  upstream.OnConnect(Script().Hang());
  const auto start = [&](const std::string& uri) {
    probes_.push_back(prober_->Start(uri, absl::Seconds(5),
                                     [](const ExchangeEnd&) { FAIL() << "was cancelled"; }));
  };
  loop_.Run([&] {
    start("nonsense");
    probes_.clear();
    start(upstream.base_uri());
  });
  while (upstream.connections() == 0) loop_.Run([] {});
  loop_.Run([&] { probes_.clear(); });
  EXPECT_TRUE(upstream.WaitForPeerClose(0));
}

TEST_F(ConnectProbeTest, ProberMayBeDestroyedWithProbesUnderWay) {
  const TestCertificate certificate;
  ScriptedUpstream upstream({.certificate = &certificate});
  upstream.OnConnect(Script().Hang());
  loop_.Run([&] {
    for (int i = 0; i < 3; ++i) {
      probes_.push_back(prober_->Start(upstream.base_uri(), absl::Seconds(5),
                                       [](const ExchangeEnd&) { FAIL() << "was cancelled"; }));
    }
    prober_.reset();
  });
  EXPECT_TRUE(upstream.WaitForOpenConnections(0));
}

TEST_F(ConnectProbeTest, ProbeMayBeDestroyedByItsResult) {
  ScriptedUpstream upstream;
  std::promise<void> done;
  loop_.Run([&] {
    probes_.push_back(
        prober_->Start(upstream.base_uri(), absl::Seconds(5), [&](const ExchangeEnd& end) {
          EXPECT_EQ(end.failure, Failure::kNone);
          probes_.clear();
          done.set_value();
        }));
  });
  done.get_future().wait();
}

}  // namespace
}  // namespace portico::upstream
