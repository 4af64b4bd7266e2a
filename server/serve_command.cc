#include <malloc.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <optional>
#include <thread>

#include "server/commands.h"
#include "server/portico_server.h"

namespace portico::server {
namespace {

std::optional<std::string> ReadVariable(const std::string& name) {
  // Nothing sets the environment.
  const char* value = std::getenv(name.c_str());  // NOLINT(concurrency-mt-unsafe)
  return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

sigset_t BlockSignals() {
  // An upstream or client that closes must not end the process.
  signal(SIGPIPE, SIG_IGN);
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGHUP);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return signals;
}

// glibc gives every thread a heap of its own, up to eight a core; what one thread
// allocates and another frees lies idle in each. One for two cores holds 5,000
// streams in 31 KB each instead of 36.
void LimitHeaps() {
  mallopt(M_ARENA_MAX, static_cast<int>(std::max(1u, std::thread::hardware_concurrency() / 2)));
}

// Null after having said what is wrong.
std::unique_ptr<PorticoServer> Start(const CommandLine& line, const ServeOptions& options,
                                     const Log& log) {
  for (const std::string& warning : line.warnings) log.Write(LogLevel::kWarning, warning);
  capability::Findings findings;
  auto server = PorticoServer::Start(options, ReadVariable, log, &findings);
  WriteFindings(findings, log);
  if (server.ok()) return *std::move(server);
  log.Write(LogLevel::kError, server.status().message());
  return nullptr;
}

}  // namespace

int Serve(const CommandLine& line) {
  LimitHeaps();
  const sigset_t signals = BlockSignals();
  const Log log(line.serve.log_format);
  const auto server = Start(line, line.serve, log);
  if (server == nullptr) return 1;
  for (const auto& [door, address] : server->addresses()) {
    std::cout << door << ' ' << address << '\n';
  }
  std::cout << "ready" << std::endl;

  int received = 0;
  while (sigwait(&signals, &received) == 0 && received == SIGHUP) server->Reload();
  log.Write(LogLevel::kInfo, "draining", {{"signal", received == SIGTERM ? "SIGTERM" : "SIGINT"}});
  server->Shutdown();
  return 0;
}

int ServeStdio(const CommandLine& line) {
  LimitHeaps();
  signal(SIGPIPE, SIG_IGN);
  const Log log(line.serve.log_format);
  ServeOptions options = line.serve;
  options.mcp.door.endpoint.tells_legacy = true;
  options.grpc.address = options.rest.address = options.mcp.address = "off";
  if (options.threads == 0) options.threads = 1;  // one client
  const auto server = Start(line, options, log);
  if (server == nullptr) return 1;
  server->ServeMcp(STDIN_FILENO, STDOUT_FILENO);
  return 0;
}

}  // namespace portico::server
