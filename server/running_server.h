// The parts of a running server and the swap of what they serve. What lives as long as
// the process is here: loops, upstream clients, listeners. What is made of a Plan is a
// Generation, and each loop serves the current one by a Lane.
//
// Threads: the main thread opens and shuts down; the reloader's swaps; the loops serve.
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
#include "gateway/mcp/call_board.h"
#include "gateway/mcp/mcp_door.h"
#include "gateway/mcp/rate_limiter.h"
#include "gateway/rest/rest_door.h"
#include "server/generation.h"
#include "server/grpc/grpc_door.h"
#include "server/http_port.h"
#include "server/lane.h"
#include "server/log.h"
#include "server/plan_source.h"
#include "server/portico_server.h"
#include "server/reachability_watch.h"
#include "server/reloader.h"
#include "server/shard.h"
#include "server/stdio_port.h"

namespace portico::server {

class RunningServer final : public PorticoServer {
 public:
  RunningServer(const ServeOptions& options, std::unique_ptr<PlanSource> source, const Log& log);
  ~RunningServer() override;

  // Opens the doors on `plan`, which the source has loaded.
  absl::Status Open(std::shared_ptr<const plan::Plan> plan);

  std::vector<std::pair<std::string, std::string>> addresses() const override;
  void ServeMcp(int in, int out) override;
  void Reload() override;
  void Shutdown() override;

 private:
  using Lanes = std::vector<std::shared_ptr<Lane>>;

  absl::Status MakeShards();
  absl::StatusOr<std::unique_ptr<upstream::ConnectProber>> MakeProber();
  absl::Status OpenRest();
  absl::Status OpenMcp();
  absl::Status OpenGrpc();

  // The reloader's thread. All return the Generation that was replaced.
  Reloader::Loaded LoadAnew(bool asked);
  std::shared_ptr<const void> LoadChanged(bool asked);
  absl::StatusOr<std::shared_ptr<Generation>> Swap(std::shared_ptr<const plan::Plan> plan);

  // Beside the current one, if any. Refuses to open a public address.
  absl::StatusOr<std::shared_ptr<Generation>> MakeGeneration(
      std::shared_ptr<const plan::Plan> plan);
  Lanes MakeLanes(const std::shared_ptr<Generation>& generation);
  rest::Served ForRest(std::size_t loop) const;
  mcp::Served ForMcp(std::size_t loop) const;
  mcp::StdioServed ForStdio() const;
  std::shared_ptr<const ServedServices> ForGrpc() const;
  openapi::Doors Doors() const;

  // On any loop's thread, while it runs.
  void OnReachability(const Generation& generation, std::size_t upstream);
  // On the first loop: looks after the upstreams of the current generation.
  void WatchReachability(std::unique_ptr<upstream::ConnectProber> prober);

  // All doors drain at the same time.
  void Close(absl::Duration grace);

  const ServeOptions options_;
  const Log& log_;
  const std::unique_ptr<PlanSource> source_;
  std::atomic<bool> draining_{false};
  std::atomic<bool> closed_{false};
  mcp::CallBoard board_;
  mcp::RateLimiter limiter_;
  const Generation::Site site_;
  loop::LoopPool loops_;
  std::vector<Shard> shards_;
  std::unique_ptr<ReachabilityWatch> watch_;  // on the first loop

  std::mutex swapping_;                     // between ServeMcp and a reload
  std::shared_ptr<Generation> generation_;  // the current one
  Lanes lanes_;                             // its, by loop
  bool broken_ = false;                     // what the source loaded last

  std::vector<rest::RestDoor*> rest_doors_;  // by loop; the port's
  std::vector<mcp::McpDoor*> mcp_doors_;
  std::unique_ptr<HttpPort> rest_;
  std::unique_ptr<HttpPort> mcp_;
  std::unique_ptr<StdioPort> stdio_;  // on the first loop
  std::unique_ptr<GrpcDoor> grpc_;
  std::unique_ptr<Reloader> reloader_;
};

}  // namespace portico::server

#endif  // PORTICO_SERVER_RUNNING_SERVER_H_
