#include "tests/fakes/running_portico.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <optional>

#include "absl/strings/ascii.h"

namespace portico::fakes {

RunningPortico::RunningPortico(const Options& options) : log_(server::LogFormat::kText) {
  server::ServeOptions serve;
  serve.grpc.address = "127.0.0.1:0";
  serve.rest.address = "127.0.0.1:0";
  serve.mcp.address = "127.0.0.1:0";
  serve.threads = 2;
  if (!options.upstream.empty()) {
    serve.base_uris = {{"scaffolder-tasks", options.upstream + "/backstage"},
                       {"render-workflow-tasks-beta", options.upstream + "/render"},
                       {"northflank-jobs", options.upstream + "/northflank"}};
  }
  options.configure(serve);
  capability::Findings findings;
  auto started = server::PorticoServer::Start(
      serve,
      [token = options.token, unset = options.unset](const std::string& name) {
        const bool absent = token.empty() || absl::AsciiStrToUpper(name) != name ||
                            std::find(unset.begin(), unset.end(), name) != unset.end();
        return absent ? std::nullopt : std::optional<std::string>(token);
      },
      log_, &findings);
  if (!started.ok()) {
    std::fprintf(stderr, "RunningPortico: %s\n", started.status().ToString().c_str());
    for (const auto& finding : findings) std::fprintf(stderr, "%s\n", ToString(finding).c_str());
    std::abort();
  }
  server_ = *std::move(started);
  for (const auto& [door, address] : server_->addresses()) {
    (door == "grpc" ? address_ : door == "rest" ? rest_address_ : mcp_address_) = address;
  }
}

}  // namespace portico::fakes
