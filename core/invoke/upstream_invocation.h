// One call of an upstream whose outcome is collected: a body whole, or the events of a
// stream one by one.
//
// Threads: the loop's only.
#ifndef PORTICO_CORE_INVOKE_UPSTREAM_INVOCATION_H_
#define PORTICO_CORE_INVOKE_UPSTREAM_INVOCATION_H_

#include <memory>
#include <string>

#include "absl/strings/string_view.h"
#include "core/invoke/called_upstreams.h"
#include "core/invoke/invocation.h"
#include "core/invoke/outcome.h"
#include "core/loop/event_loop.h"
#include "core/plan/operation.h"
#include "core/upstream/sse_parser.h"
#include "core/upstream/upstream_client.h"

namespace portico::invoke {

class UpstreamInvocation final : public Invocation, private upstream::ResponseReceiver {
 public:
  // All must outlive it. `takes_events`: whoever waits takes a stream's events even if
  // the operation promises one answer; else such a stream is given up.
  UpstreamInvocation(loop::EventLoop& loop, CalledUpstreams& upstreams,
                     const plan::Operation& operation, bool takes_events,
                     OutcomeReceiver* receiver);

  // Once. `own_deadline`: Outcome::own_deadline.
  void Start(upstream::UpstreamRequest request, bool own_deadline);

  void Resume() override;
  const std::string& last_event_id() const override { return parser_.last_event_id(); }

 private:
  void OnHead(upstream::ResponseHead head) override;
  upstream::Flow OnBody(absl::string_view bytes) override;
  void OnEnd(upstream::ExchangeEnd end) override;

  void Abandon(absl::string_view why);
  upstream::Flow FeedEvents(absl::string_view bytes);
  void CollectBody(absl::string_view bytes);

  loop::EventLoop& loop_;
  CalledUpstreams& upstreams_;
  const CalledUpstreams::UnderWay under_way_;
  const plan::Operation& operation_;
  const bool takes_events_;
  OutcomeReceiver* const receiver_;
  std::unique_ptr<upstream::Exchange> exchange_;
  upstream::SseParser parser_;
  Outcome outcome_;
  std::unique_ptr<loop::Timer> abandon_;
  bool streaming_ = false;
};

}  // namespace portico::invoke

#endif  // PORTICO_CORE_INVOKE_UPSTREAM_INVOCATION_H_
