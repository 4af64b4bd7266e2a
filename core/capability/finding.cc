#include "core/capability/finding.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace portico::capability {

absl::string_view SeverityName(Severity severity) {
  switch (severity) {
    case Severity::kNote:
      return "note";
    case Severity::kWarning:
      return "warning";
    case Severity::kError:
      break;
  }
  return "error";
}

std::string ToString(const Finding& finding) {
  std::string text = finding.place.file;
  if (finding.place.line > 0) absl::StrAppend(&text, ":", finding.place.line);
  absl::StrAppend(&text, ": ", SeverityName(finding.severity), ": ");
  if (!finding.key.empty()) absl::StrAppend(&text, finding.key, ": ");
  absl::StrAppend(&text, finding.message);
  return text;
}

bool HasErrors(const Findings& findings) {
  return std::any_of(findings.begin(), findings.end(),
                     [](const Finding& finding) { return finding.severity == Severity::kError; });
}

}  // namespace portico::capability
