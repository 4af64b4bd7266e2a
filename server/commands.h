// What each command of the command line does. Every function returns the
// process's exit status: 0, or 1 after having said what is wrong on standard error.
#ifndef PORTICO_SERVER_COMMANDS_H_
#define PORTICO_SERVER_COMMANDS_H_

#include <string>
#include <vector>

#include "server/command_line.h"

namespace portico::server {

// Serves until SIGTERM or SIGINT. Blocks those signals for every thread, so it
// must run before any is started.
int Serve(const CommandLine& line);

// Serves MCP on standard input and output until the input ends. Opens no port.
int ServeStdio(const CommandLine& line);

// Those that follow take capability files and, as `overlays` or among the files, overlay
// files; without a capability file they are about the built-in ones.

// Prints every finding on standard output; 1 when one is an error.
int Check(const std::vector<std::string>& files, const std::vector<std::string>& overlays);

// Prints the operations, RPCs, routes and tools.
int Describe(const std::vector<std::string>& files, const std::vector<std::string>& overlays);

// Prints the .proto texts that the gRPC door serves for the files.
int Proto(const std::vector<std::string>& files, const std::vector<std::string>& overlays);

// Prints the OpenAPI document of the REST routes, as JSON or YAML.
int OpenApi(const std::vector<std::string>& files, const std::vector<std::string>& overlays,
            bool yaml);

}  // namespace portico::server

#endif  // PORTICO_SERVER_COMMANDS_H_
