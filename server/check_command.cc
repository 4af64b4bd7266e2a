#include <algorithm>
#include <iostream>
#include <string>
#include <vector>

#include "core/capability/finding.h"
#include "core/capability/finding_order.h"
#include "server/commands.h"
#include "server/finding_report.h"
#include "server/plan_loader.h"
#include "server/sarif_report.h"

namespace portico::server {
namespace {

using capability::Finding;
using capability::Severity;

// Each file's findings by line; files stay in the order in which they were read.
void Sort(capability::Findings* findings) {
  std::vector<std::string> files;
  for (const Finding& finding : *findings) files.push_back(finding.place.file);
  capability::SortByPlace(files, findings);
}

}  // namespace

int Check(const CommandLine& line) {
  if (line.files.empty() && line.overlays.empty()) {
    std::cerr << "check needs at least one file\n";
    return 1;
  }
  PlanSources sources;
  sources.paths = line.files;
  sources.overlays = line.overlays;
  sources.overlays_among_paths = true;
  sources.advise = true;
  capability::Findings findings;
  LoadPlan(sources, &findings);
  Sort(&findings);
  if (line.format == "json") {
    std::cout << JsonReport(findings);
  } else if (line.format == "sarif") {
    std::cout << SarifReport(findings);
  } else {
    std::cout << TextReport(findings, line.notes);
  }
  std::cerr << Summary(findings) << '\n';
  const Severity fails = line.strict ? Severity::kWarning : Severity::kError;
  return std::any_of(findings.begin(), findings.end(),
                     [&](const Finding& finding) { return finding.severity >= fails; })
             ? 1
             : 0;
}

}  // namespace portico::server
