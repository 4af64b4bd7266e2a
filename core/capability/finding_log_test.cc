#include "core/capability/finding_log.h"

#include <gtest/gtest.h>

namespace portico::capability {
namespace {

TEST(FindingLogTest, CarriesTheFileName) {
  Findings findings;
  FindingLog log("a.yaml", &findings);
  log.Warn(Rule::kWrongValue, 3, "k", "odd");
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(ToString(findings[0]), "a.yaml:3: warning: k: odd");
  EXPECT_FALSE(log.has_errors());
}

TEST(FindingLogTest, BoundsTheirNumberAndSaysSo) {
  Findings findings;
  FindingLog log("a.yaml", &findings);
  for (std::size_t i = 0; i < FindingLog::kLimit - 1; ++i)
    log.Warn(Rule::kWrongValue, 1, "k", "odd");
  EXPECT_FALSE(log.full());
  for (std::size_t i = 0; i < 8; ++i) log.Warn(Rule::kWrongValue, 1, "k", "odd");
  EXPECT_TRUE(log.full());
  log.Close();
  ASSERT_EQ(findings.size(), FindingLog::kLimit + 1);
  EXPECT_EQ(ToString(findings.back()), "a.yaml: warning: has 7 more findings, not shown");
}

TEST(FindingLogTest, AnErrorOverTheLimitStillCounts) {
  Findings findings;
  FindingLog log("a.yaml", &findings);
  for (std::size_t i = 0; i < FindingLog::kLimit; ++i) log.Warn(Rule::kWrongValue, 1, "k", "odd");
  log.Error(Rule::kWrongValue, 2, "k", "wrong");
  log.Close();
  EXPECT_TRUE(log.has_errors());
  EXPECT_TRUE(HasErrors(findings));
}

TEST(FindingLogTest, CloseIsSilentBelowTheLimit) {
  Findings findings;
  FindingLog log("a.yaml", &findings);
  log.Error(Rule::kWrongValue, 1, "k", "wrong");
  log.Close();
  EXPECT_EQ(findings.size(), 1u);
}

}  // namespace
}  // namespace portico::capability
