#include "server/portico_server.h"

#include <sys/resource.h>

#include "server/listen_address.h"
#include "server/plan_source.h"
#include "server/running_server.h"

namespace portico::server {
namespace {

// A stream takes two descriptors; the soft limit is often 1,024.
void RaiseDescriptorLimit() {
  rlimit limit;
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace

void WriteFindings(const capability::Findings& findings, const Log& log) {
  for (const capability::Finding& finding : findings) {
    const bool error = finding.severity == capability::Severity::kError;
    log.Write(error ? LogLevel::kError : LogLevel::kWarning, ToString(finding));
  }
}

absl::StatusOr<std::unique_ptr<PorticoServer>> PorticoServer::Start(
    const ServeOptions& options, const upstream::Environment& environment, const Log& log,
    capability::Findings* findings) {
  for (const auto& [flag, address] :
       {std::pair("--grpc", options.grpc.address), std::pair("--rest", options.rest.address),
        std::pair("--mcp", options.mcp.address)}) {
    const absl::Status readable = CheckListenAddress(flag, address);
    if (!readable.ok()) return readable;
  }
  RaiseDescriptorLimit();
  const absl::Status curl = upstream::InitializeCurl();
  if (!curl.ok()) return curl;

  auto source = PlanSource::Open({options.capabilities,
                                  options.base_uris,
                                  {},
                                  options.overlays,
                                  options.allow_caller_authorization},
                                 options.demo, options.rest.address != "off", environment);
  if (!source.ok()) return source.status();
  std::shared_ptr<const plan::Plan> plan = (*source)->Load(findings);
  if (plan == nullptr) return absl::InvalidArgumentError("the capability files have errors");
  auto server = std::make_unique<RunningServer>(options, *std::move(source), log);
  const absl::Status opened = server->Open(std::move(plan));
  if (!opened.ok()) return opened;
  return server;
}

}  // namespace portico::server
