#include "core/upstream/upstream_health.h"

#include <gtest/gtest.h>

#include <utility>
#include <vector>

namespace portico::upstream {
namespace {

class UpstreamHealthTest : public testing::Test {
 protected:
  UpstreamHealthTest()
      : health_(2, [this](std::size_t upstream) {
          changes_.emplace_back(upstream, health_.reachable(upstream));
        }) {}

  void Report(Failure failure, int times) {
    for (int i = 0; i < times; ++i) health_.Report(0, failure);
  }

  std::vector<std::pair<std::size_t, bool>> changes_;
  UpstreamHealth health_;
};

TEST_F(UpstreamHealthTest, StartsReachable) {
  EXPECT_TRUE(health_.reachable(0));
  EXPECT_TRUE(health_.reachable(1));
}

TEST_F(UpstreamHealthTest, ThreeFailuresInARowMakeItUnreachableOnce) {
  Report(Failure::kConnect, 2);
  EXPECT_TRUE(health_.reachable(0));
  Report(Failure::kDns, 5);
  EXPECT_FALSE(health_.reachable(0));
  EXPECT_TRUE(health_.reachable(1)) << "the other one is not touched";
  EXPECT_EQ(changes_, (std::vector<std::pair<std::size_t, bool>>{{0, false}}));
}

TEST_F(UpstreamHealthTest, AResponseInBetweenStartsTheCountAnew) {
  Report(Failure::kConnect, 2);
  Report(Failure::kNone, 1);
  Report(Failure::kConnect, 2);
  EXPECT_TRUE(health_.reachable(0));
  EXPECT_TRUE(changes_.empty());
}

TEST_F(UpstreamHealthTest, OneResponseMakesItReachableAgain) {
  Report(Failure::kTlsHandshake, 3);
  Report(Failure::kNone, 2);
  EXPECT_TRUE(health_.reachable(0));
  EXPECT_EQ(changes_, (std::vector<std::pair<std::size_t, bool>>{{0, false}, {0, true}}));
}

TEST_F(UpstreamHealthTest, WhatSaysNothingAboutTheUpstreamChangesNothing) {
  Report(Failure::kDeadline, 10);
  Report(Failure::kInvalidRequest, 10);
  Report(Failure::kResponseTooLarge, 10);
  EXPECT_TRUE(health_.reachable(0));
  Report(Failure::kConnect, 3);
  Report(Failure::kDeadline, 1);
  EXPECT_FALSE(health_.reachable(0));
}

}  // namespace
}  // namespace portico::upstream
