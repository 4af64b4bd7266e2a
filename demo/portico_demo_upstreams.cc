// The stand-ins as a process of their own, for benchmarks and load tests. Prints
// `NAMESPACE BASE_URI` a line, then `ready`, and serves until SIGTERM or SIGINT.

#include <csignal>
#include <cstdio>
#include <iostream>
#include <string>

#include "absl/strings/numbers.h"
#include "demo/demo.h"

namespace {

constexpr char kUsage[] =
    "usage: portico_demo_upstreams [--time-scale FACTOR] [--token TOKEN] [--strict-vendor]\n"
    "  --time-scale FACTOR  multiplies every wait; above 0, 1 by default\n"
    "  --token TOKEN        the bearer token to accept; demo-token by default\n"
    "  --strict-vendor      404 for what the vendors do not have\n";

// False when the arguments are not as kUsage says.
bool ParseArguments(int argc, char** argv, portico::demo::DemoOptions* options) {
  for (int i = 1; i < argc; ++i) {
    const std::string flag = argv[i];
    if (flag == "--strict-vendor") {
      options->strict_vendor = true;
    } else if (i + 1 < argc && flag == "--token") {
      options->token = argv[++i];
    } else if (i + 1 < argc && flag == "--time-scale") {
      if (!absl::SimpleAtod(argv[++i], &options->time_scale)) return false;
    } else {
      return false;
    }
  }
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  portico::demo::DemoOptions options;
  if (!ParseArguments(argc, argv, &options)) {
    std::cerr << kUsage;
    return 2;
  }
  // Blocked before any thread starts, so that only sigwait sees them.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  auto demo = portico::demo::Demo::Start(options);
  if (!demo.ok()) {
    std::cerr << demo.status().message() << "\n";
    return 1;
  }
  for (const auto& [name, uri] : (*demo)->base_uris()) std::cout << name << " " << uri << "\n";
  std::cout << "ready" << std::endl;
  int signal = 0;
  sigwait(&signals, &signal);
  return 0;
}
