#include "server/finding_report.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"

namespace portico::server {
namespace {

using capability::Finding;
using capability::Findings;
using capability::Severity;
using Json = nlohmann::ordered_json;

std::string Counted(const Findings& findings, Severity severity) {
  const auto count = std::count_if(findings.begin(), findings.end(), [&](const Finding& finding) {
    return finding.severity == severity;
  });
  return absl::StrCat(count, " ", SeverityName(severity), count == 1 ? "" : "s");
}

}  // namespace

std::string TextReport(const Findings& findings, bool notes) {
  std::string text;
  for (const Finding& finding : findings) {
    if (finding.severity == Severity::kNote && !notes) continue;
    absl::StrAppend(&text, ToString(finding), " [", RuleName(finding.rule), "]\n");
    if (!finding.fix.empty()) absl::StrAppend(&text, "    fix: ", finding.fix, "\n");
  }
  return text;
}

std::string JsonReport(const Findings& findings) {
  Json report = Json::array();
  for (const Finding& finding : findings) {
    Json one = {{"severity", SeverityName(finding.severity)},
                {"rule", RuleName(finding.rule)},
                {"file", finding.place.file},
                {"line", finding.place.line},
                {"key", finding.key},
                {"message", finding.message}};
    if (!finding.fix.empty()) one["fix"] = finding.fix;
    report.push_back(std::move(one));
  }
  // Files hold any bytes, and messages quote them.
  return report.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string Summary(const Findings& findings) {
  return absl::StrCat(Counted(findings, Severity::kError), ", ",
                      Counted(findings, Severity::kWarning), ", ",
                      Counted(findings, Severity::kNote));
}

}  // namespace portico::server
