// `--config FILE`: the flags of `portico serve` in YAML, one key for each, without
// the dashes. Repeated flags are lists, switches are true or false, and `upstream`
// is a mapping of namespaces to base URIs:
//
//   rest: 127.0.0.1:8080
//   cors-origin: [https://app.example.com]
//   upstream:
//     scaffolder-tasks: https://backstage.example.com/api/scaffolder
//
// Relative paths in it are those of the process, as on the command line.
#ifndef PORTICO_SERVER_CONFIG_FILE_H_
#define PORTICO_SERVER_CONFIG_FILE_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "server/command_line.h"

namespace portico::server {

// Applies `text` to `line`. InvalidArgument with every finding on a line of its own,
// `portico.yaml:3: error: rest-max-boddy: ...`; unknown keys are errors.
absl::Status ApplyConfig(const std::string& file, absl::string_view text, CommandLine* line);

// The same for a file; InvalidArgument when it cannot be read.
absl::Status ApplyConfigFile(const std::string& file, CommandLine* line);

}  // namespace portico::server

#endif  // PORTICO_SERVER_CONFIG_FILE_H_
