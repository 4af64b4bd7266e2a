// Findings in SARIF 2.1.0 (OASIS), which code hosts and editors show beside the lines.
//
// Pure function; any thread.
#ifndef PORTICO_SERVER_SARIF_REPORT_H_
#define PORTICO_SERVER_SARIF_REPORT_H_

#include <string>

#include "core/capability/finding.h"

namespace portico::server {

// One log with one run. Every rule is described; paths are as they were given, so relative
// to the folder in which the command ran.
std::string SarifReport(const capability::Findings& findings);

}  // namespace portico::server

#endif  // PORTICO_SERVER_SARIF_REPORT_H_
