#include "server/running_server.h"

#include <algorithm>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "core/loop/run_on.h"
#include "core/upstream/connect_probe.h"
#include "core/upstream/curl_client.h"
#include "server/public_doors.h"

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
        "credential missing: calls will answer FAILED_PRECONDITION until "
        "it is set",
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
  RunOn(loops_.at(0), [this] {
    watch_.reset();
    watched_ = nullptr;
  });
  doors_.reset();
  serving_ = {};
  for (Shard& shard : shards_) {
    RunOn(*shard.loop, [] {});  // lets go of lanes, which end by a further task
    RunOn(*shard.loop, [&shard] { shard.client.reset(); });
  }
}

absl::Status RunningServer::Open(std::shared_ptr<const plan::Plan> plan) {
  absl::Status made = MakeShards();
  if (!made.ok()) return made;
  auto generation = MakeGeneration(std::move(plan));
  if (!generation.ok()) return generation.status();
  auto prober = MakeProber();
  if (!prober.ok()) return prober.status();
  serving_ = Staff(*std::move(generation));
  doors_ = std::make_unique<Doors>(options_, site_.mcp, shards_, log_);
  RunOn(loops_.at(0), [&] { WatchReachability(*std::move(prober)); });
  absl::Status opened = doors_->Open(serving_);
  if (!opened.ok()) return opened;
  serving_.generation->Publish(doors_->Documented());
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
      result.Update(client.status());
      if (client.ok()) shards_[i].client = *std::move(client);
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
  auto made = Generation::Make(std::move(plan), environment, site_, serving_.generation.get());
  if (made.ok()) WarnOfMissingCredentials(**made, log_);
  return made;
}

Serving RunningServer::Staff(std::shared_ptr<Generation> generation) {
  Serving staffed{std::move(generation), {}};
  const Generation& served = *staffed.generation;
  for (Shard& shard : shards_) {
    std::unique_ptr<Lane> lane(new Lane{*shard.loop, staffed.generation, nullptr});
    RunOn(*shard.loop, [&] {
      lane->invoker = std::make_unique<invoke::Invoker>(
          *shard.loop, served.plan(), served.credentials(), *shard.client,
          staffed.generation->health(), options_.invoke);
    });
    staffed.lanes.push_back(ShareLane(std::move(lane)));
  }
  return staffed;
}

void RunningServer::ServeMcp(int in, int out) {
  {
    const std::lock_guard lock(swapping_);
    stdio_ = std::make_unique<StdioPort>(loops_.at(0), serving_.ForStdio());
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
    if (asked) {
      log_.Write(LogLevel::kInfo,
                 "nothing to reload: the capability and overlay files are as they were");
    }
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
  (*next)->Publish(doors_->Documented());
  Serving staffed = Staff(*std::move(next));

  const std::lock_guard lock(swapping_);
  const Serving before = std::exchange(serving_, std::move(staffed));
  // First what is looked after, so that nothing of the next is missed.
  RunOn(loops_.at(0), [&] {
    WatchReachability(*std::move(prober));
    if (stdio_ != nullptr) stdio_->Change(serving_.ForStdio());
  });
  doors_->Serve(serving_);
  return before.generation;
}

void RunningServer::WatchReachability(std::unique_ptr<upstream::ConnectProber> prober) {
  Generation& generation = *serving_.generation;
  watch_.reset();  // before what it watches
  watched_ = &generation;
  watch_ =
      std::make_unique<ReachabilityWatch>(loops_.at(0), generation.plan(), generation.credentials(),
                                          std::move(prober), generation.health());
  for (std::size_t i = 0; i < generation.plan().upstreams().size(); ++i) {
    if (!generation.health().reachable(i)) watch_->Probe(i);
  }
}

void RunningServer::OnReachability(const Generation& generation, std::size_t upstream) {
  const bool reachable = generation.health().reachable(upstream);
  log_.Write(reachable ? LogLevel::kInfo : LogLevel::kWarning,
             reachable ? "upstream answers again" : "upstream cannot be reached",
             {{"upstream", generation.plan().upstreams()[upstream].space}});
  loops_.at(0).Post([this, told = &generation, upstream] { FollowReachability(told, upstream); });
}

// `generation` is only compared: it may be gone by now. What takes its address is watched
// by a later task of this loop.
void RunningServer::FollowReachability(const Generation* generation, std::size_t upstream) {
  if (generation != watched_) return;
  doors_->SetServing(*watched_, upstream);
  if (!watched_->health().reachable(upstream)) watch_->Probe(upstream);
}

void RunningServer::Shutdown() {
  reloader_.reset();
  draining_ = true;
  doors_->AnnounceShutdown();
  absl::SleepFor(options_.drain_delay);  // load balancers look away meanwhile
  doors_->Close(absl::Now() + options_.shutdown_grace);
}

}  // namespace portico::server
