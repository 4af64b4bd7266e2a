#include "core/capability/finding_order.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace portico::capability {
namespace {

TEST(FindingOrderTest, FilesInTheirOrderByLineAndOtherPlacesLast) {
  Findings findings;
  for (const auto& [file, line, message] : {std::tuple("--upstream", 7, "1"),
                                            {"b.yaml", 2, "2"},
                                            {"a.yaml", 9, "3"},
                                            {"b.yaml", 1, "4"},
                                            {"other", 3, "5"},
                                            {"a.yaml", 9, "6"}}) {
    findings.push_back({Severity::kError, {file, line}, "", message, Rule::kOther});
  }
  SortByPlace({"b.yaml", "a.yaml"}, &findings);
  std::vector<std::string> told;
  for (const Finding& finding : findings) told.push_back(finding.message);
  EXPECT_THAT(told, testing::ElementsAre("4", "2", "3", "6", "1", "5"));
}

}  // namespace
}  // namespace portico::capability
