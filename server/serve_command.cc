#include <malloc.h>
#include <signal.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>
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
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return signals;
}

// glibc gives every thread a heap of its own, up to eight a core; what one thread
// allocates and another frees lies idle in each. One for two cores holds 5,000
// streams in 31 KB each instead of 36.
void LimitHeaps() {
  mallopt(M_ARENA_MAX, static_cast<int>(std::max(1u, std::thread::hardware_concurrency() / 2)));
}

}  // namespace

int Serve(const CommandLine& line) {
  LimitHeaps();
  const sigset_t signals = BlockSignals();
  const Log log(line.serve.log_format);
  for (const std::string& warning : line.warnings) log.Write(LogLevel::kWarning, warning);

  capability::Findings findings;
  auto server = PorticoServer::Start(line.serve, ReadVariable, log, &findings);
  for (const capability::Finding& finding : findings) {
    const bool error = finding.severity == capability::Severity::kError;
    log.Write(error ? LogLevel::kError : LogLevel::kWarning, ToString(finding));
  }
  if (!server.ok()) {
    log.Write(LogLevel::kError, server.status().message());
    return 1;
  }
  for (const auto& [door, address] : (*server)->addresses()) {
    std::cout << door << ' ' << address << '\n';
  }
  std::cout << "ready" << std::endl;

  int received = 0;
  sigwait(&signals, &received);
  log.Write(LogLevel::kInfo, "draining", {{"signal", received == SIGTERM ? "SIGTERM" : "SIGINT"}});
  (*server)->Shutdown();
  return 0;
}

}  // namespace portico::server
