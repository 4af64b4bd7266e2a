// What the reader of a capability file should know about it: an error, a warning or
// a note, with its place. Loading never stops at the first one.
//
// Plain data; any thread.
#ifndef PORTICO_CORE_CAPABILITY_FINDING_H_
#define PORTICO_CORE_CAPABILITY_FINDING_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "core/capability/rule.h"

namespace portico::capability {

enum class Severity {
  kNote,     // all is well; it could be better
  kWarning,  // the file loads; what is named has no effect or is doubtful
  kError,    // the file does not load: a call could go wrong
};

// A place in a capability file.
struct Place {
  std::string file;
  int line = 0;  // 1-based; 0 when the whole file is meant
};

struct Finding {
  // Every finding is made with its rule, so that none is left without by mistake.
  Finding(Severity severity_of, Place where, std::string key_of, std::string text, Rule rule_of,
          std::string fix_of = "")
      : severity(severity_of),
        place(std::move(where)),
        key(std::move(key_of)),
        message(std::move(text)),
        rule(rule_of),
        fix(std::move(fix_of)) {}

  Severity severity;
  Place place;
  std::string key;      // path of the YAML key, e.g. "capability.exposes[0].resources[1].path"
  std::string message;  // in the reader's words; says what to do, may suggest a name
  Rule rule;
  std::string fix;  // what to write instead, where that is known
};

using Findings = std::vector<Finding>;

// "error", "warning" or "note".
absl::string_view SeverityName(Severity severity);

// `northflank-jobs.yaml:41: error: capability.exposes[0]...call: names unknown ...`
std::string ToString(const Finding& finding);

bool HasErrors(const Findings& findings);

}  // namespace portico::capability

#endif  // PORTICO_CORE_CAPABILITY_FINDING_H_
