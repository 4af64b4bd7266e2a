// The parts of a running server and the swap of what they serve. What lives as
// long as the process is here: loops, upstream clients, Doors. What is made of
// a Plan is a Generation, and each loop serves the current one by a Lane.
//
// Threads: the main thread opens and shuts down; the reloader's swaps; the
// loops serve.
#ifndef PORTICO_SERVER_RUNNING_SERVER_H_
#define PORTICO_SERVER_RUNNING_SERVER_H_

#include <atomic>
#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "core/loop/loop_pool.h"
#include "core/upstream/connect_probe.h"
#include "gateway/mcp/rate_limiter.h"
#include "server/doors.h"
#include "server/generation.h"
#include "server/log.h"
#include "server/plan_source.h"
#include "server/portico_server.h"
#include "server/reachability_watch.h"
#include "server/reloader.h"
#include "server/serving.h"
#include "server/shard.h"
#include "server/stdio_port.h"

namespace portico::server {

class RunningServer final : public PorticoServer {
 public:
  RunningServer(const ServeOptions& options, std::unique_ptr<PlanSource> source, const Log& log);
  ~RunningServer() override;

  // Opens the doors on `plan`, which the source has loaded.
  absl::Status Open(std::shared_ptr<const plan::Plan> plan);

  std::vector<std::pair<std::string, std::string>> addresses() const override {
    return doors_->addresses();
  }
  void ServeMcp(int in, int out) override;
  void Reload() override;
  void Shutdown() override;

 private:
  absl::Status MakeShards();
  absl::StatusOr<std::unique_ptr<upstream::ConnectProber>> MakeProber();

  // The reloader's thread. All hand back the Generation that was replaced.
  Reloader::Loaded LoadAnew(bool asked);
  std::shared_ptr<const void> LoadChanged(bool asked);
  absl::StatusOr<std::shared_ptr<Generation>> Swap(std::shared_ptr<const plan::Plan> plan);

  // Beside the current one, if any. Refuses to open a public address.
  absl::StatusOr<std::shared_ptr<Generation>> MakeGeneration(
      std::shared_ptr<const plan::Plan> plan);
  Serving Staff(std::shared_ptr<Generation> generation);

  // On any loop's thread, while it runs.
  void OnReachability(const Generation& generation, std::size_t upstream);
  // On the first loop: looks after the upstreams of the current generation, and
  // of no other.
  void WatchReachability(std::unique_ptr<upstream::ConnectProber> prober);
  void FollowReachability(const Generation* generation, std::size_t upstream);

  const ServeOptions options_;
  const Log& log_;
  const std::unique_ptr<PlanSource> source_;
  std::atomic<bool> draining_{false};
  mcp::RateLimiter limiter_;
  const Generation::Site site_;
  loop::LoopPool loops_;
  std::vector<Shard> shards_;
  std::unique_ptr<ReachabilityWatch> watch_;  // on the first loop, as the next
  const Generation* watched_ = nullptr;       // whose upstreams

  std::mutex swapping_;  // between ServeMcp and a reload
  Serving serving_;
  bool broken_ = false;  // what the source loaded last

  std::unique_ptr<Doors> doors_;
  std::unique_ptr<StdioPort> stdio_;  // on the first loop
  std::unique_ptr<Reloader> reloader_;
};

}  // namespace portico::server

#endif  // PORTICO_SERVER_RUNNING_SERVER_H_
