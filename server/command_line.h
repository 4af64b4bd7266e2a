// The command line, read once in main; nothing else looks at flags.
#ifndef PORTICO_SERVER_COMMAND_LINE_H_
#define PORTICO_SERVER_COMMAND_LINE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "server/serve_options.h"

namespace portico::server {

// What `portico import openapi` is asked for.
struct ImportArguments {
  std::string source;              // file or http(s) URL of the document
  std::string output;              // .yaml file, or a folder; empty: the current one
  std::string space;               // `namespace`; empty: made of the title
  std::string base_uri;            // instead of the document's servers
  std::vector<std::string> tags;   // only operations with one of them
  std::vector<std::string> paths;  // only operations whose path begins so
  std::string ca_file;             // trusted besides the system's, for https
  bool force = false;              // replaces files that exist
};

struct CommandLine {
  // "serve", "mcp", "check", "describe", "proto", "openapi", "import", "help", "version"
  std::string command;
  std::vector<std::string> files;     // of check, describe, proto and openapi
  std::vector<std::string> overlays;  // of the same
  std::string format = "text";        // of check (text, json, sarif) and describe (text, json)
  bool strict = false;                // check: warnings fail, too
  bool notes = false;                 // check: notes as text, too
  bool yaml = false;                  // openapi: YAML instead of JSON
  ImportArguments import;
  ServeOptions serve;                 // of serve and mcp
  std::vector<std::string> warnings;  // what is accepted but has no effect yet
};

// InvalidArgument naming the word that is wrong, with the nearest known one.
absl::StatusOr<CommandLine> ParseCommandLine(const std::vector<std::string>& words);

// What `portico help` prints.
std::string UsageText();

}  // namespace portico::server

#endif  // PORTICO_SERVER_COMMAND_LINE_H_
