#include "server/sarif_report.h"

#include <algorithm>
#include <cstddef>
#include <nlohmann/json.hpp>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace portico::server {
namespace {

using capability::Finding;
using Json = nlohmann::ordered_json;

constexpr char kSchema[] =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
constexpr char kHelp[] = "docs/findings.md#";

// A path as a URI reference (RFC 3986): what may not stand in one is escaped.
std::string UriOf(const std::string& path) {
  std::string uri = absl::StartsWith(path, "/") ? "file://" : "";
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    if (absl::ascii_isalnum(byte) || absl::StrContains("-._~/", absl::string_view(&c, 1))) {
      uri.push_back(c);
    } else {
      absl::StrAppend(&uri, "%",
                      absl::AsciiStrToUpper(absl::StrCat(absl::Hex(byte, absl::kZeroPad2))));
    }
  }
  return uri;
}

Json Rules() {
  Json rules = Json::array();
  for (const capability::RuleText& rule : capability::AllRules()) {
    rules.push_back({{"id", rule.name},
                     {"shortDescription", {{"text", rule.summary}}},
                     {"helpUri", absl::StrCat(kHelp, rule.name)}});
  }
  return rules;
}

Json Result(const Finding& finding) {
  std::string text =
      finding.key.empty() ? finding.message : absl::StrCat(finding.key, ": ", finding.message);
  if (!finding.fix.empty()) absl::StrAppend(&text, " Fix: ", finding.fix);
  Json place = {{"artifactLocation", {{"uri", UriOf(finding.place.file)}}}};
  // SARIF counts lines from 1; a finding about a whole file has none.
  if (finding.place.line > 0) place["region"] = {{"startLine", finding.place.line}};
  return {{"ruleId", capability::RuleName(finding.rule)},
          {"ruleIndex", static_cast<std::size_t>(finding.rule)},
          {"level", capability::SeverityName(finding.severity)},
          {"message", {{"text", text}}},
          {"locations", Json::array({{{"physicalLocation", std::move(place)}}})}};
}

}  // namespace

std::string SarifReport(const capability::Findings& findings) {
  Json results = Json::array();
  for (const Finding& finding : findings) results.push_back(Result(finding));
  const Json driver = {{"name", "portico check"}, {"version", "0.1.0"}, {"rules", Rules()}};
  const Json log = {{"$schema", kSchema},
                    {"version", "2.1.0"},
                    {"runs", Json::array({{{"tool", {{"driver", driver}}},
                                           {"columnKind", "utf16CodeUnits"},
                                           {"results", std::move(results)}}})}};
  return log.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace portico::server
