// Whether each upstream can be reached, judged by the calls that were made.
//
// An upstream is unreachable after three exchanges in a row that brought no
// response at all, and reachable again with the first response or successful
// probe. HTTP statuses say nothing about reachability: a 500 is an answer.
//
// Threads: any; the listener is called on the reporting thread, without locks.
#ifndef PORTICO_CORE_UPSTREAM_UPSTREAM_HEALTH_H_
#define PORTICO_CORE_UPSTREAM_UPSTREAM_HEALTH_H_

#include <atomic>
#include <cstddef>
#include <memory>

#include "absl/functional/any_invocable.h"
#include "core/upstream/upstream_client.h"

namespace portico::upstream {

class UpstreamHealth {
 public:
  static constexpr int kFailuresUntilUnreachable = 3;

  // Told which upstream changed; asks reachable() for its state, because two
  // changes may be told in either order.
  using Listener = absl::AnyInvocable<void(std::size_t upstream) const>;

  UpstreamHealth(std::size_t upstreams, Listener on_change);

  // The end of one exchange or probe: kNone when a response arrived. A failure
  // that does not speak about the upstream (a caller's deadline, an unusable
  // request) changes nothing.
  void Report(std::size_t upstream, Failure failure);

  // What `other` knows of its upstream number `known` is known of `upstream`, without
  // telling. Before the first Report.
  void TakeOver(std::size_t upstream, const UpstreamHealth& other, std::size_t known);

  bool reachable(std::size_t upstream) const;

 private:
  const std::unique_ptr<std::atomic<int>[]> failures_;  // in a row, per upstream
  const Listener on_change_;
};

}  // namespace portico::upstream

#endif  // PORTICO_CORE_UPSTREAM_UPSTREAM_HEALTH_H_
