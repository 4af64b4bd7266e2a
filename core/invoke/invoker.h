// Runs calls on one event loop: checks arguments, credentials and limits, builds
// the request, owns the exchange, and hands back one Outcome.
//
// Threads: one Invoker per loop; everything on that loop's thread. The Plan,
// Credentials, UpstreamClient and UpstreamHealth must outlive it, and it must
// outlive its Invocations.
#ifndef PORTICO_CORE_INVOKE_INVOKER_H_
#define PORTICO_CORE_INVOKE_INVOKER_H_

#include <cstddef>
#include <memory>
#include <optional>

#include "absl/time/time.h"
#include "core/invoke/call.h"
#include "core/invoke/called_upstreams.h"
#include "core/invoke/invocation.h"
#include "core/invoke/outcome.h"
#include "core/loop/event_loop.h"
#include "core/plan/plan.h"
#include "core/upstream/credentials.h"
#include "core/upstream/upstream_client.h"
#include "core/upstream/upstream_health.h"

namespace portico::invoke {

struct InvokerOptions {
  // For unary calls whose caller set no deadline.
  absl::Duration default_deadline = absl::Seconds(60);
  // Calls in flight on this loop, streams included; one more is refused.
  std::size_t max_in_flight = 20000;
  upstream::Limits limits;
};

class Invoker final : public CallStarter {
 public:
  Invoker(loop::EventLoop& loop, const plan::Plan& plan, const upstream::Credentials& credentials,
          upstream::UpstreamClient& client, upstream::UpstreamHealth& health,
          const InvokerOptions& options);

  // A composition's steps are calls like others, on the time that is left of its own.
  std::unique_ptr<Invocation> Start(Call call, OutcomeReceiver* receiver,
                                    CallError* refusal) override;
  std::optional<CallError> Unready(const plan::Operation& operation) const override;

  // Start for a door that passes the response through: `receiver` gets head and body
  // as the upstream sends them, of any size and, but for a stream, in the encoding
  // that the caller's headers ask for. Without a deadline of the caller's the default
  // one bounds each pause, not the whole. Destroying the Exchange cancels. Refusals as with Start.
  // A composition takes its body whole, without `body_stream`. Its answer comes as a response of
  // its own, within the default deadline; a step that fails, as that step's response with
  // kStepHeader.
  std::unique_ptr<upstream::Exchange> Relay(Call call, upstream::ResponseReceiver* receiver,
                                            CallError* refusal);

  const plan::Plan& plan() const { return plan_; }
  std::size_t in_flight() const { return upstreams_.in_flight(); }

 private:
  // Empty when the call is refused.
  std::optional<upstream::UpstreamRequest> Build(Call call, CallError* refusal) const;
  std::optional<CallError> Refuse(const Call& call, const upstream::Credential& credential) const;
  // What keeps the operation from being called, whatever the arguments. `replaced`: the
  // caller's own credential is sent.
  std::optional<CallError> NotReady(const plan::Operation& operation,
                                    const upstream::Credential& credential, bool replaced) const;

  loop::EventLoop& loop_;
  const plan::Plan& plan_;
  const InvokerOptions options_;
  CalledUpstreams upstreams_;
};

}  // namespace portico::invoke

#endif  // PORTICO_CORE_INVOKE_INVOKER_H_
