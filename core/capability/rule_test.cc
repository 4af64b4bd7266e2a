#include "core/capability/rule.h"

#include <gtest/gtest.h>

#include <set>

#include "absl/strings/ascii.h"

namespace portico::capability {
namespace {

TEST(RuleTest, RowsStandInTheOrderOfTheEnum) {
  for (std::size_t i = 0; i < AllRules().size(); ++i) {
    EXPECT_EQ(static_cast<std::size_t>(AllRules()[i].rule), i) << AllRules()[i].name;
  }
  EXPECT_EQ(AllRules().back().rule, Rule::kNotImported) << "the last of the enum has no row";
}

TEST(RuleTest, NamesAreKebabCaseAndUnique) {
  std::set<absl::string_view> names;
  for (const RuleText& rule : AllRules()) {
    EXPECT_TRUE(names.insert(rule.name).second) << rule.name;
    for (const char c : rule.name) EXPECT_TRUE(absl::ascii_islower(c) || c == '-') << rule.name;
    EXPECT_EQ(rule.summary.back(), '.') << rule.name;
  }
}

}  // namespace
}  // namespace portico::capability
