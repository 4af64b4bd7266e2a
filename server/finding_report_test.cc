#include "server/finding_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "server/sarif_report.h"

namespace portico::server {
namespace {

using capability::Findings;
using capability::Rule;
using capability::Severity;
using nlohmann::json;

const Findings& Some() {
  static const auto* const findings = new Findings{
      {Severity::kError, {"a b/c.yaml", 41}, "call", "names \"x\"", Rule::kUnresolvedCall},
      {Severity::kWarning, {"/tmp/d.yaml", 0}, "", "is odd \xff", Rule::kOther, "make it even"},
      {Severity::kNote, {"e.yaml", 2}, "tools[0]", "is long", Rule::kLongDescription},
  };
  return *findings;
}

TEST(FindingReportTest, TextNamesTheRuleAndTheFix) {
  EXPECT_EQ(TextReport(Some(), false),
            "a b/c.yaml:41: error: call: names \"x\" [unresolved-call]\n"
            "/tmp/d.yaml: warning: is odd \xff [other]\n"
            "    fix: make it even\n");
  EXPECT_THAT(TextReport(Some(), true),
              testing::EndsWith("e.yaml:2: note: tools[0]: is long [long-description]\n"));
}

TEST(FindingReportTest, SummaryCountsEachSeverity) {
  EXPECT_EQ(Summary(Some()), "1 error, 1 warning, 1 note");
  EXPECT_EQ(Summary({}), "0 errors, 0 warnings, 0 notes");
}

TEST(FindingReportTest, JsonHoldsEveryFinding) {
  const json report = json::parse(JsonReport(Some()));
  ASSERT_EQ(report.size(), 3u);
  EXPECT_EQ(report[0], json({{"severity", "error"},
                             {"rule", "unresolved-call"},
                             {"file", "a b/c.yaml"},
                             {"line", 41},
                             {"key", "call"},
                             {"message", "names \"x\""}}));
  EXPECT_EQ(report[1]["fix"], "make it even");
  EXPECT_EQ(json::parse(JsonReport({})), json::array());
}

// What SARIF 2.1.0 requires of a log (sections 3.13, 3.14, 3.19, 3.27 and 3.49).
TEST(SarifReportTest, HoldsWhatTheStandardRequires) {
  const json log = json::parse(SarifReport(Some()));
  EXPECT_EQ(log.at("version"), "2.1.0");
  ASSERT_EQ(log.at("runs").size(), 1u);
  const json& run = log["runs"][0];
  const json& rules = run.at("tool").at("driver").at("rules");
  EXPECT_TRUE(run["tool"]["driver"].at("name").is_string());
  std::set<std::string> ids;
  for (const json& rule : rules) {
    EXPECT_TRUE(ids.insert(rule.at("id")).second) << rule;
    EXPECT_FALSE(rule.at("shortDescription").at("text").get<std::string>().empty());
    EXPECT_EQ(rule.at("helpUri"), absl::StrCat("docs/findings.md#", rule["id"].get<std::string>()));
  }
  ASSERT_EQ(run.at("results").size(), 3u);
  for (const json& result : run["results"]) {
    const std::string level = result.at("level");
    EXPECT_TRUE(level == "error" || level == "warning" || level == "note") << level;
    EXPECT_EQ(rules.at(result.at("ruleIndex").get<std::size_t>()).at("id"), result.at("ruleId"));
    EXPECT_FALSE(result.at("message").at("text").get<std::string>().empty());
  }
}

TEST(SarifReportTest, PlacesAreUriReferencesWithLinesFromOne) {
  const json results = json::parse(SarifReport(Some()))["runs"][0]["results"];
  const auto place = [&](int i) { return results[i]["locations"][0]["physicalLocation"]; };
  EXPECT_EQ(place(0)["artifactLocation"]["uri"], "a%20b/c.yaml");
  EXPECT_EQ(place(0)["region"]["startLine"], 41);
  EXPECT_EQ(place(1)["artifactLocation"]["uri"], "file:///tmp/d.yaml");
  EXPECT_FALSE(place(1).contains("region"));
}

TEST(FindingsDocumentTest, DescribesEveryRuleAndNoOther) {
  std::ifstream stream("docs/findings.md");
  const std::string text(std::istreambuf_iterator<char>(stream), {});
  std::set<std::string> documented;
  std::set<std::string> known;
  for (const absl::string_view line : absl::StrSplit(text, '\n')) {
    if (absl::StartsWith(line, "## ")) documented.emplace(line.substr(3));
  }
  for (const capability::RuleText& rule : capability::AllRules()) known.emplace(rule.name);
  EXPECT_EQ(documented, known);
}

}  // namespace
}  // namespace portico::server
