// portico: a gRPC, REST and MCP facade over REST APIs.
#include <iostream>
#include <string>
#include <vector>

#include "server/command_line.h"
#include "server/commands.h"

int main(int argc, char** argv) {
  using namespace portico::server;  // NOLINT(build/namespaces): a parts list
  const auto line = ParseCommandLine(std::vector<std::string>(argv + 1, argv + argc));
  if (!line.ok()) {
    std::cerr << "portico: " << line.status().message() << "\nTry `portico help`.\n";
    return 2;
  }
  if (line->command == "serve") return Serve(*line);
  if (line->command == "mcp") return ServeStdio(*line);
  if (line->command == "check") return Check(*line);
  if (line->command == "describe") return Describe(*line);
  if (line->command == "import") return Import(line->import);
  if (line->command == "proto") return Proto(*line);
  if (line->command == "openapi") return OpenApi(*line);
  if (line->command == "version") {
    std::cout << "portico 0.1.0\n";
    return 0;
  }
  std::cout << UsageText();
  return 0;
}
