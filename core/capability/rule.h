// The names of what findings are about: stable, so that people can look one up
// (docs/findings.md) and tools can count or silence it.
//
// Pure functions; any thread.
#ifndef PORTICO_CORE_CAPABILITY_RULE_H_
#define PORTICO_CORE_CAPABILITY_RULE_H_

#include <vector>

#include "absl/strings/string_view.h"

namespace portico::capability {

enum class Rule {
  kOther,  // of findings that have no name of their own
  // Reading.
  kUnreadableFile,
  kNotYaml,
  kFileLimits,
  kDuplicateKey,
  kMissingKey,
  kUnknownKey,
  kWrongValue,
  kNotServed,
  // Compiling.
  kBadPath,
  kBadInput,
  kHeaderNotTaken,
  kRepeatedName,
  kUnresolvedCall,
  kBadBinding,
  kRouteClash,
  kNoBaseUri,
  kBadBaseUri,
  kBadAuthentication,
  kClearTextSecret,
  kServiceMismatch,
  kBadOverlay,
  kBadComposition,
  kBadResource,
  kBadImport,
  // Advice.
  kNoDescription,
  kLongDescription,
  kToolName,
  kMethodHints,
  kRawFormat,
  kUnusedBind,
  kNeverExposed,
  kUnboundInput,
  // Importing.
  kBadDocument,
  kBadReference,
  kNotImported,
};

struct RuleText {
  Rule rule;
  absl::string_view name;     // kebab-case
  absl::string_view summary;  // one sentence
};

// Every rule, in the order of the enum.
const std::vector<RuleText>& AllRules();

absl::string_view RuleName(Rule rule);

}  // namespace portico::capability

#endif  // PORTICO_CORE_CAPABILITY_RULE_H_
