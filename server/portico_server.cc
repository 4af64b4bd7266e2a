#include "server/portico_server.h"

#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <optional>
#include <set>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "core/loop/loop_pool.h"
#include "core/loop/run_on.h"
#include "core/upstream/connect_probe.h"
#include "demo/demo.h"
#include "gateway/mcp/mcp_door.h"
#include "gateway/openapi/openapi_document.h"
#include "gateway/page/document_pages.h"
#include "gateway/rest/service_pages.h"
#include "server/front_pages.h"
#include "server/http_port.h"
#include "server/listen_address.h"
#include "server/plan_loader.h"
#include "server/reachability_watch.h"
#include "server/readiness.h"
#include "server/shard.h"
#include "server/stdio_port.h"

namespace portico::server {
namespace {

// A stream takes two descriptors; the soft limit is often 1,024.
void RaiseDescriptorLimit() {
  rlimit limit;
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

using loop::RunOn;

// Null without a certificate: clear text.
// Null for clear text. `door` as in its flags: "rest".
absl::StatusOr<std::shared_ptr<const http::TlsIdentity>> IdentityOf(
    const std::string& door, const std::string& certificate_file, const std::string& key_file,
    const Log& log) {
  if (certificate_file.empty() != key_file.empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat("--", door, "-tls-cert and --", door,
                     "-tls-key go together: one alone would mean clear text"));
  }
  if (certificate_file.empty()) return nullptr;
  return http::TlsIdentity::Load(
      certificate_file, key_file, [&log, certificate_file](const absl::Status& status) {
        if (status.ok())
          return log.Write(LogLevel::kInfo, "certificate renewed", {{"file", certificate_file}});
        log.Write(LogLevel::kError, "certificate not renewed; the one before is still served",
                  {{"reason", std::string(status.message())}});
      });
}

class RunningServer final : public PorticoServer {
 public:
  RunningServer(const ServeOptions& options, std::unique_ptr<demo::Demo> demo,
                std::shared_ptr<const plan::Plan> plan, const upstream::Environment& environment,
                const Log& log)
      : options_(options),
        log_(log),
        demo_(std::move(demo)),
        plan_(std::move(plan)),
        credentials_(plan_->upstreams(), environment),
        health_(plan_->upstreams().size(), [this](std::size_t i) { OnReachability(i); }),
        readiness_(*plan_, credentials_, health_),
        routes_(*plan_),
        mcp_options_(DoorOptionsOf(options_.mcp, options_.rest.door.origins)),
        endpoints_(*plan_, mcp_options_),
        service_pages_([this] { return readiness_.States(); }),
        pages_(service_pages_),
        loops_(options.threads > 0 ? options.threads
                                   : std::max(1u, std::thread::hardware_concurrency())) {}

  ~RunningServer() override {
    Close(absl::ZeroDuration());
    rest_.reset();
    mcp_.reset();
    RunOn(loops_.at(0), [this] { watch_.reset(); });
    for (Shard& shard : shards_) {
      RunOn(*shard.loop, [&shard] {
        shard.invoker.reset();
        shard.client.reset();
      });
    }
  }

  absl::Status Open() {
    const absl::Status made = MakeShards();
    if (!made.ok()) return made;
    std::vector<Shard*> shards;
    for (Shard& shard : shards_) shards.push_back(&shard);
    if (options_.rest.address != "off") {
      const absl::Status opened = OpenRest(shards);
      if (!opened.ok()) return opened;
    }
    if (options_.mcp.address != "off") {
      const absl::Status opened = OpenMcp(shards);
      if (!opened.ok()) return opened;
    }
    if (options_.grpc.address != "off") {
      absl::StatusOr<std::unique_ptr<GrpcDoor>> door =
          GrpcDoor::Start(*plan_, shards, options_.grpc);
      if (!door.ok()) return door.status();
      grpc_ = *std::move(door);
    }
    OpenPages();
    for (std::size_t i = 0; i < plan_->upstreams().size(); ++i) TellHealth(i);
    return absl::OkStatus();
  }

  std::vector<std::pair<std::string, std::string>> addresses() const override {
    std::vector<std::pair<std::string, std::string>> bound;
    if (grpc_ != nullptr) bound.emplace_back("grpc", grpc_->address());
    if (rest_ != nullptr) bound.emplace_back("rest", rest_->address());
    if (mcp_ != nullptr) bound.emplace_back("mcp", mcp_->address());
    return bound;
  }

  void ServeMcp(int in, int out) override {
    StdioPort(*shards_[0].loop, *shards_[0].invoker, endpoints_.all()).Serve(in, out);
  }

  void Shutdown() override {
    readiness_.Drain();
    if (grpc_ != nullptr) grpc_->AnnounceShutdown();
    absl::SleepFor(options_.drain_delay);  // load balancers look away meanwhile
    Close(options_.shutdown_grace);
  }

 private:
  absl::Status MakeShards() {
    shards_.resize(loops_.size());
    absl::Status result;
    for (std::size_t i = 0; i < shards_.size(); ++i) {
      shards_[i].loop = &loops_.at(i);
      RunOn(loops_.at(i), [&] { result.Update(MakeShard(shards_[i])); });
    }
    RunOn(loops_.at(0), [&] {
      auto prober = upstream::MakeConnectProber(loops_.at(0), options_.curl);
      if (!prober.ok()) return result.Update(prober.status());
      watch_ =
          std::make_unique<ReachabilityWatch>(loops_.at(0), *plan_, *std::move(prober), health_);
    });
    return result;
  }

  absl::Status MakeShard(Shard& shard) {
    auto client = upstream::MakeCurlClient(*shard.loop, options_.curl);
    if (!client.ok()) return client.status();
    shard.client = *std::move(client);
    shard.invoker = std::make_unique<invoke::Invoker>(*shard.loop, *plan_, credentials_,
                                                      *shard.client, health_, options_.invoke);
    return absl::OkStatus();
  }

  absl::Status OpenRest(const std::vector<Shard*>& shards) {
    auto identity =
        IdentityOf("rest", options_.rest.tls_certificate_file, options_.rest.tls_key_file, log_);
    if (!identity.ok()) return identity.status();
    http::ListenerOptions listener{options_.rest.address, options_.rest.limits,
                                   *std::move(identity)};
    rest::RestOptions door = options_.rest.door;
    door.origins.loopback = IsLoopback(options_.rest.address);
    auto port = HttpPort::Open(shards, std::move(listener), [&](Shard& shard) {
      return std::make_unique<rest::RestDoor>(*shard.loop, *shard.invoker, routes_, pages_, door);
    });
    if (!port.ok()) return port.status();
    rest_ = *std::move(port);
    return absl::OkStatus();
  }

  absl::Status OpenMcp(const std::vector<Shard*>& shards) {
    auto identity =
        IdentityOf("mcp", options_.mcp.tls_certificate_file, options_.mcp.tls_key_file, log_);
    if (!identity.ok()) return identity.status();
    http::ListenerOptions listener{options_.mcp.address, options_.mcp.limits, *std::move(identity)};
    auto port = HttpPort::Open(shards, std::move(listener), [&](Shard& shard) {
      return std::make_unique<mcp::McpDoor>(*shard.loop, *shard.invoker, endpoints_, mcp_options_);
    });
    if (!port.ok()) return port.status();
    mcp_ = *std::move(port);
    return absl::OkStatus();
  }

  void OpenPages() {
    if (rest_ == nullptr) return;
    openapi::Doors doors;
    doors.rest = absl::StrCat(options_.rest.tls_certificate_file.empty() ? "http://" : "https://",
                              rest_->address());
    doors.grpc = grpc_ == nullptr ? "" : grpc_->address();
    const char* const scheme = options_.mcp.tls_certificate_file.empty() ? "http://" : "https://";
    doors.mcp = mcp_ == nullptr ? "" : absl::StrCat(scheme, mcp_->address(), "/mcp");
    document_ = std::make_unique<openapi::OpenApiDocument>(plan_, std::move(doors));
    document_pages_ = std::make_unique<page::DocumentPages>(*document_);
    pages_.Add(*document_pages_);
  }

  // All doors drain at the same time.
  void Close(absl::Duration grace) {
    const absl::Time deadline = absl::Now() + grace;
    for (HttpPort* const port : {rest_.get(), mcp_.get()}) {
      if (port != nullptr) port->BeginDrain();
    }
    if (grpc_ != nullptr) grpc_->Shutdown(deadline);
    for (HttpPort* const port : {rest_.get(), mcp_.get()}) {
      if (port != nullptr) port->AwaitDrained(deadline);
    }
    closed_ = true;
  }

  // On any shard's thread, while it runs.
  void OnReachability(std::size_t index) {
    const plan::Upstream& upstream = plan_->upstreams()[index];
    const bool reachable = health_.reachable(index);
    log_.Write(reachable ? LogLevel::kInfo : LogLevel::kWarning,
               reachable ? "upstream answers again" : "upstream cannot be reached",
               {{"upstream", upstream.space}});
    TellHealth(index);
    if (!reachable) {
      loops_.at(0).Post([this, index] {
        if (watch_ != nullptr) watch_->Probe(index);
      });
    }
  }

  void TellHealth(std::size_t index) {
    if (grpc_ != nullptr && !closed_) grpc_->SetServing(index, readiness_.WhyNot(index).empty());
  }

  const ServeOptions options_;
  const Log& log_;
  const std::unique_ptr<demo::Demo> demo_;
  const std::shared_ptr<const plan::Plan> plan_;
  const upstream::Credentials credentials_;
  upstream::UpstreamHealth health_;
  Readiness readiness_;
  const rest::Routes routes_;
  const mcp::McpOptions mcp_options_;
  const mcp::Endpoints endpoints_;
  const rest::ServicePages service_pages_;
  FrontPages pages_;
  std::unique_ptr<openapi::OpenApiDocument> document_;
  std::unique_ptr<page::DocumentPages> document_pages_;
  std::vector<Shard> shards_;
  std::unique_ptr<ReachabilityWatch> watch_;  // on the first loop
  std::atomic<bool> closed_{false};
  loop::LoopPool loops_;
  std::unique_ptr<GrpcDoor> grpc_;
  std::unique_ptr<HttpPort> rest_;
  std::unique_ptr<HttpPort> mcp_;
};

// The stand-ins' token for what is called there: real keys have no business with
// them, nor their token with a real API.
upstream::Environment DemoEnvironment(const plan::Plan& plan, const demo::Demo& demo,
                                      const std::string& token,
                                      const upstream::Environment& environment) {
  std::set<std::string> names;
  for (const plan::Upstream& upstream : plan.upstreams()) {
    for (const auto& [space, uri] : demo.base_uris()) {
      if (upstream.space != space || upstream.base_uri != uri) continue;
      for (const auto& [key, variable] : upstream.authentication.variables) names.insert(variable);
    }
  }
  return [=](const std::string& name) {
    return names.count(name) > 0 ? std::optional<std::string>(token) : environment(name);
  };
}

// What the REST door serves itself comes first.
void WarnOfHiddenRoutes(const plan::Plan& plan, capability::Findings* findings) {
  for (const plan::Route& route : plan.routes()) {
    if (!FrontPages::Owns(route.path.text())) continue;
    findings->push_back({capability::Severity::kWarning, route.place, "path",
                         absl::StrCat("the route ", route.path.text(),
                                      " is not reached: Portico serves a page of its own there")});
  }
}

void WarnOfMissingCredentials(const plan::Plan& plan, const upstream::Credentials& credentials,
                              const Log& log) {
  for (std::size_t i = 0; i < plan.upstreams().size(); ++i) {
    const auto credential = credentials.ForUpstream(i);
    if (credential->usable()) continue;
    log.Write(LogLevel::kWarning,
              "credential missing: calls will answer FAILED_PRECONDITION until it is set",
              {{"upstream", plan.upstreams()[i].space},
               {"variable", absl::StrJoin(credential->missing, ",")}});
  }
}

}  // namespace

absl::StatusOr<std::unique_ptr<PorticoServer>> PorticoServer::Start(
    const ServeOptions& options, const upstream::Environment& environment, const Log& log,
    capability::Findings* findings) {
  for (const auto& [flag, address] :
       {std::pair("--grpc", options.grpc.address), std::pair("--rest", options.rest.address),
        std::pair("--mcp", options.mcp.address)}) {
    const absl::Status allowed = CheckListenAddress(flag, address, options.allow_public);
    if (!allowed.ok()) return allowed;
  }
  RaiseDescriptorLimit();
  const absl::Status curl = upstream::InitializeCurl();
  if (!curl.ok()) return curl;

  std::unique_ptr<demo::Demo> demo;
  PlanSources sources{options.capabilities, options.base_uris, {}, options.overlays};
  const demo::DemoOptions demo_options;
  if (options.demo) {
    absl::StatusOr<std::unique_ptr<demo::Demo>> started = demo::Demo::Start(demo_options);
    if (!started.ok()) return started.status();
    demo = *std::move(started);
    sources.stand_ins = demo->base_uris();
  }
  std::shared_ptr<const plan::Plan> plan = LoadPlan(sources, findings);
  if (plan == nullptr) return absl::InvalidArgumentError("the capability files have errors");

  if (options.rest.address != "off") WarnOfHiddenRoutes(*plan, findings);
  upstream::Environment variables = environment;
  if (demo != nullptr) variables = DemoEnvironment(*plan, *demo, demo_options.token, environment);
  const upstream::Credentials credentials(plan->upstreams(), variables);
  WarnOfMissingCredentials(*plan, credentials, log);
  auto server =
      std::make_unique<RunningServer>(options, std::move(demo), std::move(plan), variables, log);
  const absl::Status opened = server->Open();
  if (!opened.ok()) return opened;
  return server;
}

}  // namespace portico::server
