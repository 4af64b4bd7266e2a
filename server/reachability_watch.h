// Looks after upstreams that cannot be reached: tries to connect once a second
// until one answers, so that health recovers without a caller's help.
//
// Loop thread only.
#ifndef PORTICO_SERVER_REACHABILITY_WATCH_H_
#define PORTICO_SERVER_REACHABILITY_WATCH_H_

#include <memory>
#include <vector>

#include "core/loop/event_loop.h"
#include "core/plan/plan.h"
#include "core/upstream/connect_probe.h"
#include "core/upstream/credentials.h"
#include "core/upstream/upstream_health.h"

namespace portico::server {

class ReachabilityWatch {
 public:
  // Destroying it ends all probes.
  ReachabilityWatch(loop::EventLoop& loop, const plan::Plan& plan,
                    const upstream::Credentials& credentials,
                    std::unique_ptr<upstream::ConnectProber> prober,
                    upstream::UpstreamHealth& health);

  bool Watches(const upstream::UpstreamHealth& health) const { return &health == &health_; }

  // Probes Plan::upstreams()[upstream] until health finds it reachable.
  void Probe(std::size_t upstream);

 private:
  void Wait(std::size_t upstream);
  void Try(std::size_t upstream);

  loop::EventLoop& loop_;
  const plan::Plan& plan_;
  const upstream::Credentials& credentials_;
  upstream::UpstreamHealth& health_;
  const std::unique_ptr<upstream::ConnectProber> prober_;
  struct Watched {
    std::unique_ptr<upstream::ConnectProbe> probe;
    std::unique_ptr<loop::Timer> timer;
    bool active = false;
  };
  std::vector<Watched> watched_;  // by upstream
};

}  // namespace portico::server

#endif  // PORTICO_SERVER_REACHABILITY_WATCH_H_
