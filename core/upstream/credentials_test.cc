#include "core/upstream/credentials.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>

namespace portico::upstream {
namespace {

using plan::AuthenticationScheme;

plan::Upstream Bearer(std::string token, std::string file = "") {
  plan::Upstream upstream;
  upstream.authentication.scheme = AuthenticationScheme::kBearer;
  upstream.authentication.secret = std::move(token);
  upstream.authentication.secret_file = std::move(file);
  return upstream;
}

std::optional<std::string> NoVariable(const std::string&) { return std::nullopt; }

TEST(CredentialsTest, EachUpstreamHasItsOwn) {
  const std::vector<plan::Upstream> upstreams = {Bearer("{{env.UNSET}}"), Bearer("b")};
  const Credentials credentials(upstreams, &NoVariable);
  EXPECT_FALSE(credentials.ForUpstream(0)->usable());
  EXPECT_EQ(credentials.ForUpstream(1)->headers[0].value, "Bearer b");
}

TEST(CredentialsTest, WhatNoFileHoldsIsHandedOutWithoutCounting) {
  const std::vector<plan::Upstream> upstreams = {Bearer("a")};
  const Credentials credentials(upstreams, &NoVariable);
  EXPECT_EQ(credentials.ForUpstream(0).use_count(), 0);
}

class RotatedSecretTest : public testing::Test {
 protected:
  // As Kubernetes does it: the new file takes the old one's place at once.
  void Write(const std::string& token) {
    std::ofstream(file_ + ".new") << token;
    ASSERT_EQ(std::rename((file_ + ".new").c_str(), file_.c_str()), 0);
  }
  std::string Sent() { return credentials_->ForUpstream(0)->headers.at(0).value; }

  void Start() {
    upstreams_ = {Bearer("", file_)};
    credentials_ = std::make_unique<Credentials>(upstreams_, &NoVariable, [this] { return now_; });
  }

  const std::string file_ = testing::TempDir() + "/rotated_token";
  absl::Time now_ = absl::UnixEpoch();
  std::vector<plan::Upstream> upstreams_;
  std::unique_ptr<Credentials> credentials_;
};

TEST_F(RotatedSecretTest, IsReadAgainAfterASecondAtMost) {
  Write("one");
  Start();
  EXPECT_EQ(Sent(), "Bearer one");
  Write("two\n");
  EXPECT_EQ(Sent(), "Bearer one");
  now_ += absl::Seconds(1);
  EXPECT_EQ(Sent(), "Bearer two");
}

TEST_F(RotatedSecretTest, ACallInFlightKeepsWhatItHas) {
  Write("one");
  Start();
  const std::shared_ptr<const Credential> held = credentials_->ForUpstream(0);
  Write("two");
  now_ += absl::Seconds(1);
  EXPECT_EQ(Sent(), "Bearer two");
  EXPECT_EQ(held->headers[0].value, "Bearer one");
}

TEST_F(RotatedSecretTest, ComesToLifeWhenTheFileAppears) {
  std::remove(file_.c_str());
  Start();
  EXPECT_FALSE(credentials_->ForUpstream(0)->usable());
  Write("one");
  now_ += absl::Seconds(1);
  EXPECT_EQ(Sent(), "Bearer one");
}

TEST_F(RotatedSecretTest, WhatWorkedStaysWhenTheFileBecomesUseless) {
  Write("one");
  Start();
  EXPECT_EQ(Sent(), "Bearer one");
  Write("");
  now_ += absl::Seconds(1);
  EXPECT_EQ(Sent(), "Bearer one");
  Write("two");
  now_ += absl::Seconds(1);
  EXPECT_EQ(Sent(), "Bearer two");
}

}  // namespace
}  // namespace portico::upstream
