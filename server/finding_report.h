// Findings as `portico check` prints them.
//
// Pure functions; any thread.
#ifndef PORTICO_SERVER_FINDING_REPORT_H_
#define PORTICO_SERVER_FINDING_REPORT_H_

#include <string>

#include "core/capability/finding.h"

namespace portico::server {

// A line for each: `file:line: error: key: message [rule]`, and what to write instead on a
// line of its own. Notes only when asked for.
std::string TextReport(const capability::Findings& findings, bool notes);

// One JSON array with an object for each finding, notes included: severity, rule, file,
// line, key, message, and fix where there is one.
std::string JsonReport(const capability::Findings& findings);

// "1 error, 2 warnings, 12 notes".
std::string Summary(const capability::Findings& findings);

}  // namespace portico::server

#endif  // PORTICO_SERVER_FINDING_REPORT_H_
