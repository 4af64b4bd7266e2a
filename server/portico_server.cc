#include "server/portico_server.h"

#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <future>
#include <optional>
#include <set>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "core/loop/loop_pool.h"
#include "core/upstream/connect_probe.h"
#include "demo/demo.h"
#include "server/listen_address.h"
#include "server/plan_loader.h"
#include "server/reachability_watch.h"
#include "server/shard.h"

namespace portico::server {
namespace {

// A stream takes two descriptors; the soft limit is often 1,024.
void RaiseDescriptorLimit() {
  rlimit limit;
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

// Runs `task` on the loop's thread and waits for it.
template <typename Task>
void RunOn(loop::EventLoop& loop, Task task) {
  std::promise<void> done;
  loop.Post([&] {
    task();
    done.set_value();
  });
  done.get_future().wait();
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
        loops_(options.threads > 0 ? options.threads
                                   : std::max(1u, std::thread::hardware_concurrency())) {}

  ~RunningServer() override {
    Close(absl::ZeroDuration());
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
    if (options_.grpc.address != "off") {
      std::vector<Shard*> shards;
      for (Shard& shard : shards_) shards.push_back(&shard);
      absl::StatusOr<std::unique_ptr<GrpcDoor>> door =
          GrpcDoor::Start(*plan_, shards, options_.grpc);
      if (!door.ok()) return door.status();
      grpc_ = *std::move(door);
    }
    for (std::size_t i = 0; i < plan_->upstreams().size(); ++i) TellHealth(i);
    return absl::OkStatus();
  }

  std::vector<std::pair<std::string, std::string>> addresses() const override {
    if (grpc_ == nullptr) return {};
    return {{"grpc", grpc_->address()}};
  }

  void Shutdown() override {
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

  void Close(absl::Duration grace) {
    if (grpc_ != nullptr) grpc_->Shutdown(absl::Now() + grace);
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
    const bool serving = credentials_.ForUpstream(index).usable() &&
                         !plan_->upstreams()[index].base_uri.empty() && health_.reachable(index);
    if (grpc_ != nullptr && !closed_) grpc_->SetServing(index, serving);
  }

  const ServeOptions options_;
  const Log& log_;
  const std::unique_ptr<demo::Demo> demo_;
  const std::shared_ptr<const plan::Plan> plan_;
  const upstream::Credentials credentials_;
  upstream::UpstreamHealth health_;
  std::vector<Shard> shards_;
  std::unique_ptr<ReachabilityWatch> watch_;  // on the first loop
  std::atomic<bool> closed_{false};
  loop::LoopPool loops_;
  std::unique_ptr<GrpcDoor> grpc_;
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

void WarnOfMissingCredentials(const plan::Plan& plan, const upstream::Credentials& credentials,
                              const Log& log) {
  for (std::size_t i = 0; i < plan.upstreams().size(); ++i) {
    const upstream::Credential& credential = credentials.ForUpstream(i);
    if (credential.usable()) continue;
    log.Write(LogLevel::kWarning,
              "credential missing: calls will answer FAILED_PRECONDITION until it is set",
              {{"upstream", plan.upstreams()[i].space},
               {"variable", absl::StrJoin(credential.missing, ",")}});
  }
}

}  // namespace

absl::StatusOr<std::unique_ptr<PorticoServer>> PorticoServer::Start(
    const ServeOptions& options, const upstream::Environment& environment, const Log& log,
    capability::Findings* findings) {
  absl::Status allowed = CheckListenAddress("--grpc", options.grpc.address, options.allow_public);
  if (!allowed.ok()) return allowed;
  RaiseDescriptorLimit();
  const absl::Status curl = upstream::InitializeCurl();
  if (!curl.ok()) return curl;

  std::unique_ptr<demo::Demo> demo;
  PlanSources sources{options.capabilities, options.base_uris, {}};
  const demo::DemoOptions demo_options;
  if (options.demo) {
    absl::StatusOr<std::unique_ptr<demo::Demo>> started = demo::Demo::Start(demo_options);
    if (!started.ok()) return started.status();
    demo = *std::move(started);
    sources.stand_ins = demo->base_uris();
  }
  std::shared_ptr<const plan::Plan> plan = LoadPlan(sources, findings);
  if (plan == nullptr) return absl::InvalidArgumentError("the capability files have errors");

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
