// The command line, read once in main; nothing else looks at flags.
#ifndef PORTICO_SERVER_COMMAND_LINE_H_
#define PORTICO_SERVER_COMMAND_LINE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "server/portico_server.h"

namespace portico::server {

struct CommandLine {
  // "serve", "mcp", "check", "describe", "proto", "openapi", "help", "version"
  std::string command;
  std::vector<std::string> files;     // of check, describe, proto and openapi
  bool yaml = false;                  // openapi: YAML instead of JSON
  ServeOptions serve;                 // of serve and mcp; of the others overlays alone
  std::vector<std::string> warnings;  // what is accepted but has no effect yet
};

// InvalidArgument naming the word that is wrong, with the nearest known one.
absl::StatusOr<CommandLine> ParseCommandLine(const std::vector<std::string>& words);

// What `portico help` prints.
std::string UsageText();

}  // namespace portico::server

#endif  // PORTICO_SERVER_COMMAND_LINE_H_
