#include "core/capability/finding.h"

#include <gtest/gtest.h>

namespace portico::capability {
namespace {

TEST(FindingTest, PrintsPlaceSeverityKeyAndMessage) {
  const Finding finding{Severity::kError,
                        {"jobs.yaml", 41},
                        "capability.exposes[0].call",
                        "oops",
                        Rule::kUnresolvedCall};
  EXPECT_EQ(ToString(finding), "jobs.yaml:41: error: capability.exposes[0].call: oops");
}

TEST(FindingTest, LeavesOutTheLineWhenTheWholeFileIsMeant) {
  EXPECT_EQ(ToString({Severity::kWarning, {"jobs.yaml", 0}, "", "is odd", Rule::kOther}),
            "jobs.yaml: warning: is odd");
}

TEST(FindingTest, WarningsAreNoErrors) {
  EXPECT_FALSE(HasErrors({}));
  EXPECT_FALSE(HasErrors({{Severity::kWarning, {}, "", "", Rule::kOther}}));
  EXPECT_TRUE(HasErrors({{Severity::kWarning, {}, "", "", Rule::kOther},
                         {Severity::kError, {}, "", "", Rule::kOther}}));
}

}  // namespace
}  // namespace portico::capability
