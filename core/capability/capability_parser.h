// A capability file's name and text in, its Capability out. Reads tolerantly: unknown
// keys are warnings, and no schema decides; what could send a call astray, or
// cannot be read at all, is an error.
//
// Safe for texts that nobody vouches for: size, depth, aliases and the number
// of findings are bounded (yaml_tree.h, finding_log.h). Any thread.
#ifndef PORTICO_CORE_CAPABILITY_CAPABILITY_PARSER_H_
#define PORTICO_CORE_CAPABILITY_CAPABILITY_PARSER_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "core/capability/capability.h"
#include "core/capability/finding.h"

namespace portico::capability {

// Nullopt when any finding is an error. All findings of the file are appended,
// in the order of its lines; `file` is the name that they carry.
std::optional<Capability> ParseCapability(const std::string& file, absl::string_view text,
                                          Findings* findings);

}  // namespace portico::capability

#endif  // PORTICO_CORE_CAPABILITY_CAPABILITY_PARSER_H_
