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
// files; all but Check are about the built-in ones without a capability file.

// Prints every finding on standard output, and how many on standard error; 1 when one is
// an error, with `strict` also when one is a warning.
int Check(const CommandLine& line);

// Prints the operations, RPCs, routes and tools.
int Describe(const CommandLine& line);

// Prints the .proto texts that the gRPC door serves.
int Proto(const CommandLine& line);

// Prints the OpenAPI document of the REST routes, as JSON or YAML.
int OpenApi(const CommandLine& line);

// Writes a capability file and, where needed, an overlay from an OpenAPI document, and
// prints their names.
int Import(const ImportArguments& arguments);

}  // namespace portico::server

#endif  // PORTICO_SERVER_COMMANDS_H_
