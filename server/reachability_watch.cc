#include "server/reachability_watch.h"

#include <utility>

namespace portico::server {
namespace {

constexpr absl::Duration kProbeInterval = absl::Seconds(1);
constexpr absl::Duration kProbeTimeout = absl::Seconds(3);

}  // namespace

ReachabilityWatch::ReachabilityWatch(loop::EventLoop& loop, const plan::Plan& plan,
                                     const upstream::Credentials& credentials,
                                     std::unique_ptr<upstream::ConnectProber> prober,
                                     upstream::UpstreamHealth& health)
    : loop_(loop),
      plan_(plan),
      credentials_(credentials),
      health_(health),
      prober_(std::move(prober)),
      watched_(plan.upstreams().size()) {}

void ReachabilityWatch::Probe(std::size_t upstream) {
  Watched& watched = watched_[upstream];
  if (watched.active) return;
  watched.active = true;
  Wait(upstream);
}

void ReachabilityWatch::Wait(std::size_t upstream) {
  watched_[upstream].timer = loop_.After(kProbeInterval, [this, upstream] { Try(upstream); });
}

void ReachabilityWatch::Try(std::size_t upstream) {
  watched_[upstream].probe = prober_->Start(
      plan_.upstreams()[upstream].base_uri, kProbeTimeout,
      [this, upstream](const upstream::ExchangeEnd& end) {
        watched_[upstream].active = false;
        health_.Report(upstream, end.failure);
        // A call may have found it reachable meanwhile, or a
        // probe's success may have been undone; health alone
        // decides whether to go on.
        if (!health_.reachable(upstream)) Probe(upstream);
      },
      credentials_.ForUpstream(upstream)->tls);
}

}  // namespace portico::server
