// Many capability files parsed at once: reading YAML is two thirds of a start, and no
// file's text depends on another's.
//
// Blocks; uses as many threads as there are cores. Findings and capabilities come in the
// order of the texts, whatever thread was first.
#ifndef PORTICO_SERVER_CAPABILITY_BATCH_H_
#define PORTICO_SERVER_CAPABILITY_BATCH_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "core/capability/capability.h"
#include "core/capability/finding.h"

namespace portico::server {

struct CapabilityText {
  std::string file;  // for findings
  absl::string_view text;
};

// Those that could be read; what is wrong with the others is among the findings.
std::vector<capability::Capability> ParseCapabilities(const std::vector<CapabilityText>& texts,
                                                      capability::Findings* findings);

}  // namespace portico::server

#endif  // PORTICO_SERVER_CAPABILITY_BATCH_H_
