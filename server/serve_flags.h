// The flags of `portico serve`: one table for parsing, usage and configuration.
//
// Immutable; any thread.
#ifndef PORTICO_SERVER_SERVE_FLAGS_H_
#define PORTICO_SERVER_SERVE_FLAGS_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "server/command_line.h"

namespace portico::server {

struct Flag {
  const char* name;   // with its dashes
  const char* value;  // what its value is called in the usage; null: a switch
  const char* help;
  // InvalidArgument, in words that go on after "--flag: ".
  std::function<absl::Status(const std::string& value, CommandLine* line)> set;
  bool repeats = false;
};

const std::vector<Flag>& ServeFlags();

}  // namespace portico::server

#endif  // PORTICO_SERVER_SERVE_FLAGS_H_
