#include "server/running_server.h"

#include <algorithm>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "core/loop/run_on.h"
#include "core/upstream/connect_probe.h"
#include "core/upstream/curl_client.h"
#include "server/listen_address.h"
#include "server/public_doors.h"
#include "server/tls_port.h"

namespace portico::server {
namespace {

using loop::RunOn;

void WarnOfMissingCredentials(const Generation& generation, const Log& log) {
  const auto& upstreams = generation.plan().upstreams();
  for (std::size_t i = 0; i < upstreams.size(); ++i) {
    const auto credential = generation.credentials().ForUpstream(i);
    if (credential->usable()) continue;
    log.Write(
        LogLevel::kWarning,
        "credential missing: calls will answer FAILED_PRECONDITION until it is set",
        {{"upstream", upstreams[i].space}, {"variable", absl::StrJoin(credential->missing, ",")}});
  }
  for (const auto& access : generation.plan().accesses()) {
    const std::vector<std::string>& missing = generation.access().Missing(*access);
    if (missing.empty()) continue;
    log.Write(LogLevel::kWarning, "nobody can call: what callers have to show is not set",
              {{"place", absl::StrCat(access->place.file, ":", access->place.line)},
               {"variable", absl::StrJoin(missing, ",")}});
  }
}

}  // namespace

RunningServer::RunningServer(const ServeOptions& options, std::unique_ptr<PlanSource> source,
                             const Log& log)
    : options_(options),
      log_(log),
      source_(std::move(source)),
      limiter_(options_.mcp.door.endpoint.calls_per_second),
      site_{DoorOptionsOf(options_.mcp, options_.rest.door.origins), limiter_, draining_,
            [this](const Generation& generation, std::size_t upstream) {
              OnReachability(generation, upstream);
            }},
      loops_(options.threads > 0 ? options.threads
                                 : std::max(1u, std::thread::hardware_concurrency())) {}

RunningServer::~RunningServer() {
  reloader_.reset();
  Close(absl::ZeroDuration());
  rest_.reset();
  mcp_.reset();
  RunOn(loops_.at(0), [this] { watch_.reset(); });
  for (Shard& shard : shards_) RunOn(*shard.loop, [] {});  // what the doors posted
  grpc_.reset();
  lanes_.clear();
  generation_.reset();
  for (Shard& shard : shards_) {
    RunOn(*shard.loop, [] {});  // lets go of lanes, which end by a further task
    RunOn(*shard.loop, [&shard] { shard.client.reset(); });
  }
}

absl::Status RunningServer::Open(std::shared_ptr<const plan::Plan> plan) {
  const absl::Status made = MakeShards();
  if (!made.ok()) return made;
  auto generation = MakeGeneration(std::move(plan));
  if (!generation.ok()) return generation.status();
  generation_ = *std::move(generation);
  lanes_ = MakeLanes(generation_);
  auto prober = MakeProber();
  if (!prober.ok()) return prober.status();
  RunOn(loops_.at(0), [&] { WatchReachability(*std::move(prober)); });
  absl::Status opened = OpenRest();
  if (opened.ok()) opened = OpenMcp();
  if (opened.ok()) opened = OpenGrpc();
  if (!opened.ok()) return opened;
  generation_->Publish(Doors());
  reloader_ = std::make_unique<Reloader>(
      [this] { return source_->LooksNow(); }, [this](bool asked) { return LoadAnew(asked); },
      source_->looks(), options_.watch ? Reloader::kInterval : absl::InfiniteDuration());
  return absl::OkStatus();
}

absl::Status RunningServer::MakeShards() {
  shards_.resize(loops_.size());
  absl::Status result;
  for (std::size_t i = 0; i < shards_.size(); ++i) {
    shards_[i].loop = &loops_.at(i);
    RunOn(loops_.at(i), [&] {
      auto client = upstream::MakeCurlClient(loops_.at(i), options_.curl);
      if (client.ok()) shards_[i].client = *std::move(client);
      result.Update(client.status());
    });
  }
  return result;
}

absl::StatusOr<std::unique_ptr<upstream::ConnectProber>> RunningServer::MakeProber() {
  absl::StatusOr<std::unique_ptr<upstream::ConnectProber>> prober;
  RunOn(loops_.at(0), [&] { prober = upstream::MakeConnectProber(loops_.at(0), options_.curl); });
  return prober;
}

absl::StatusOr<std::shared_ptr<Generation>> RunningServer::MakeGeneration(
    std::shared_ptr<const plan::Plan> plan) {
  if (!options_.allow_public) {
    const absl::Status closed = CheckPublicDoors(
        *plan, {options_.grpc.address, options_.rest.address, options_.mcp.address});
    if (!closed.ok()) return closed;
  }
  const upstream::Environment environment = source_->EnvironmentFor(*plan);
  auto made = Generation::Make(std::move(plan), environment, site_, generation_.get());
  if (made.ok()) WarnOfMissingCredentials(**made, log_);
  return made;
}

RunningServer::Lanes RunningServer::MakeLanes(const std::shared_ptr<Generation>& generation) {
  Lanes lanes;
  for (Shard& shard : shards_) {
    std::unique_ptr<Lane> lane(new Lane{*shard.loop, generation, nullptr});
    RunOn(*shard.loop, [&] {
      lane->invoker = std::make_unique<invoke::Invoker>(*shard.loop, generation->plan(),
                                                        generation->credentials(), *shard.client,
                                                        generation->health(), options_.invoke);
    });
    lanes.push_back(ShareLane(std::move(lane)));
  }
  return lanes;
}

absl::Status RunningServer::OpenRest() {
  if (options_.rest.address == "off") return absl::OkStatus();
  auto identity =
      IdentityOf("rest", options_.rest.tls_certificate_file, options_.rest.tls_key_file, log_);
  if (!identity.ok()) return identity.status();
  http::ListenerOptions listener{options_.rest.address, options_.rest.limits, *std::move(identity)};
  rest::RestOptions options = options_.rest.door;
  options.origins.loopback = IsLoopback(options_.rest.address);
  auto port = HttpPort::Open(shards_, std::move(listener), [&](Shard& shard) {
    auto door = std::make_unique<rest::RestDoor>(*shard.loop, ForRest(rest_doors_.size()), options);
    rest_doors_.push_back(door.get());
    return door;
  });
  if (!port.ok()) return port.status();
  rest_ = *std::move(port);
  return absl::OkStatus();
}

absl::Status RunningServer::OpenMcp() {
  if (options_.mcp.address == "off") return absl::OkStatus();
  auto identity =
      IdentityOf("mcp", options_.mcp.tls_certificate_file, options_.mcp.tls_key_file, log_);
  if (!identity.ok()) return identity.status();
  http::ListenerOptions listener{options_.mcp.address, options_.mcp.limits, *std::move(identity)};
  auto port = HttpPort::Open(shards_, std::move(listener), [&](Shard& shard) {
    auto door =
        std::make_unique<mcp::McpDoor>(*shard.loop, ForMcp(mcp_doors_.size()), board_, site_.mcp);
    mcp_doors_.push_back(door.get());
    return door;
  });
  if (!port.ok()) return port.status();
  mcp_ = *std::move(port);
  return absl::OkStatus();
}

absl::Status RunningServer::OpenGrpc() {
  if (options_.grpc.address == "off") return absl::OkStatus();
  auto door = GrpcDoor::Start(ForGrpc(), lanes_, options_.grpc);
  if (!door.ok()) return door.status();
  grpc_ = *std::move(door);
  grpc_->Serve(ForGrpc(), lanes_, generation_->Serving());
  return absl::OkStatus();
}

std::vector<std::pair<std::string, std::string>> RunningServer::addresses() const {
  std::vector<std::pair<std::string, std::string>> bound;
  if (grpc_ != nullptr) bound.emplace_back("grpc", grpc_->address());
  if (rest_ != nullptr) bound.emplace_back("rest", rest_->address());
  if (mcp_ != nullptr) bound.emplace_back("mcp", mcp_->address());
  return bound;
}

rest::Served RunningServer::ForRest(std::size_t loop) const {
  const auto& lane = lanes_[loop];
  return {lane->invoker.get(), &generation_->routes(), &generation_->pages(), lane};
}

mcp::Served RunningServer::ForMcp(std::size_t loop) const {
  const auto& lane = lanes_[loop];
  return {lane->invoker.get(), &generation_->endpoints(), lane};
}

mcp::StdioServed RunningServer::ForStdio() const {
  const auto& lane = lanes_.front();
  return {lane->invoker.get(), &generation_->endpoints().all(), lane};
}

std::shared_ptr<const ServedServices> RunningServer::ForGrpc() const {
  return {generation_, &generation_->services()};
}

openapi::Doors RunningServer::Doors() const {
  const auto scheme = [](const std::string& certificate) {
    return certificate.empty() ? "http://" : "https://";
  };
  openapi::Doors doors;
  if (rest_ != nullptr) {
    doors.rest = absl::StrCat(scheme(options_.rest.tls_certificate_file), rest_->address());
  }
  doors.grpc = grpc_ == nullptr ? "" : grpc_->address();
  doors.mcp = mcp_ == nullptr ? ""
                              : absl::StrCat(scheme(options_.mcp.tls_certificate_file),
                                             mcp_->address(), "/mcp");
  return doors;
}

void RunningServer::ServeMcp(int in, int out) {
  {
    const std::lock_guard lock(swapping_);
    stdio_ = std::make_unique<StdioPort>(loops_.at(0), ForStdio());
  }
  stdio_->Serve(in, out);
  const std::lock_guard lock(swapping_);
  stdio_.reset();
}

void RunningServer::Reload() { reloader_->Ask(); }

Reloader::Loaded RunningServer::LoadAnew(bool asked) {
  std::shared_ptr<const void> replaced = LoadChanged(asked);
  return {source_->looks(), std::move(replaced)};
}

std::shared_ptr<const void> RunningServer::LoadChanged(bool asked) {
  if (!source_->Changed() && !(asked && broken_)) {
    if (asked) log_.Write(LogLevel::kInfo, "nothing to reload: the files are as they were");
    return nullptr;
  }
  const absl::Time began = absl::Now();
  capability::Findings findings;
  std::shared_ptr<const plan::Plan> plan = source_->Load(&findings);
  WriteFindings(findings, log_);
  absl::StatusOr<std::shared_ptr<Generation>> before =
      absl::InvalidArgumentError("the capability files have errors");
  if (plan != nullptr) before = Swap(plan);
  broken_ = !before.ok();
  if (broken_) {
    log_.Write(LogLevel::kError, "not reloaded; what was loaded before is still served",
               {{"reason", std::string(before.status().message())}});
    return nullptr;
  }
  log_.Write(LogLevel::kInfo, "reloaded",
             {{"operations", absl::StrCat(plan->operations().size())},
              {"ms", absl::StrCat(absl::ToInt64Milliseconds(absl::Now() - began))}});
  return *std::move(before);
}

absl::StatusOr<std::shared_ptr<Generation>> RunningServer::Swap(
    std::shared_ptr<const plan::Plan> plan) {
  auto prober = MakeProber();
  if (!prober.ok()) return prober.status();
  auto next = MakeGeneration(std::move(plan));
  if (!next.ok()) return next.status();
  (*next)->Publish(Doors());
  Lanes lanes = MakeLanes(*next);

  const std::lock_guard lock(swapping_);
  std::shared_ptr<Generation> before = std::exchange(generation_, *std::move(next));
  const Lanes lanes_before = std::exchange(lanes_, std::move(lanes));
  for (std::size_t i = 0; i < shards_.size(); ++i) {
    RunOn(loops_.at(i), [&] {
      if (rest_ != nullptr) rest_doors_[i]->Serve(ForRest(i));
      if (mcp_ != nullptr) mcp_doors_[i]->Serve(ForMcp(i));
      if (i > 0) return;
      if (stdio_ != nullptr) stdio_->Change(ForStdio());
      WatchReachability(*std::move(prober));
    });
  }
  if (grpc_ != nullptr) grpc_->Serve(ForGrpc(), lanes_, generation_->Serving());
  return before;
}

void RunningServer::WatchReachability(std::unique_ptr<upstream::ConnectProber> prober) {
  watch_.reset();  // before what it watches
  watch_ = std::make_unique<ReachabilityWatch>(loops_.at(0), generation_->plan(),
                                               generation_->credentials(), std::move(prober),
                                               generation_->health());
  for (std::size_t i = 0; i < generation_->plan().upstreams().size(); ++i) {
    if (!generation_->health().reachable(i)) watch_->Probe(i);
  }
}

void RunningServer::OnReachability(const Generation& generation, std::size_t upstream) {
  const bool reachable = generation.health().reachable(upstream);
  log_.Write(reachable ? LogLevel::kInfo : LogLevel::kWarning,
             reachable ? "upstream answers again" : "upstream cannot be reached",
             {{"upstream", generation.plan().upstreams()[upstream].space}});
  if (grpc_ != nullptr && !closed_) {
    grpc_->SetServing(generation.services(), upstream,
                      generation.readiness().WhyNot(upstream).empty());
  }
  if (reachable) return;
  loops_.at(0).Post([this, health = &generation.health(), upstream] {
    if (watch_ != nullptr && watch_->Watches(*health)) watch_->Probe(upstream);
  });
}

void RunningServer::Shutdown() {
  reloader_.reset();
  draining_ = true;
  if (grpc_ != nullptr) grpc_->AnnounceShutdown();
  absl::SleepFor(options_.drain_delay);  // load balancers look away meanwhile
  Close(options_.shutdown_grace);
}

void RunningServer::Close(absl::Duration grace) {
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

}  // namespace portico::server
