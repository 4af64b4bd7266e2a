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
#include <string>

#include "absl/time/time.h"
#include "core/invoke/call.h"
#include "core/invoke/outcome.h"
#include "core/loop/event_loop.h"
#include "core/plan/plan.h"
#include "core/upstream/credentials.h"
#include "core/upstream/sse_parser.h"
#include "core/upstream/upstream_client.h"
#include "core/upstream/upstream_health.h"

namespace portico::invoke {

// Takes the outcome of one call. Never called from inside Invoker::Start or
// Invocation::Resume.
class OutcomeReceiver {
 public:
  virtual ~OutcomeReceiver() = default;
  // Each event of a stream, in order. After kPause no event follows until
  // Invocation::Resume, but for those that were already read.
  virtual upstream::Flow OnEvent(const upstream::SseEvent& event) = 0;
  // Once, last.
  virtual void OnOutcome(Outcome outcome) = 0;
};

// A call under way. Destroying it cancels: the upstream's socket is closed at
// once and the receiver hears nothing more.
class Invocation {
 public:
  virtual ~Invocation() = default;
  virtual void Resume() = 0;
  // The last event id seen, for whoever wants to resume the stream.
  virtual const std::string& last_event_id() const = 0;
};

struct InvokerOptions {
  // For unary calls whose caller set no deadline.
  absl::Duration default_deadline = absl::Seconds(60);
  // Calls in flight on this loop, streams included; one more is refused.
  std::size_t max_in_flight = 20000;
  upstream::Limits limits;
};

class Invoker {
 public:
  Invoker(loop::EventLoop& loop, const plan::Plan& plan, const upstream::Credentials& credentials,
          upstream::UpstreamClient& client, upstream::UpstreamHealth& health,
          const InvokerOptions& options);

  // `receiver` must outlive the Invocation. When Portico itself refuses the
  // call, returns null and fills `refusal`; nothing went upstream then.
  std::unique_ptr<Invocation> Start(Call call, OutcomeReceiver* receiver, CallError* refusal);

  // Start for a door that passes the response through: `receiver` gets head and body
  // as the upstream sends them, of any size and, but for a stream, in the encoding
  // that the caller's headers ask for. Without a deadline of the caller's the default
  // one bounds each pause, not the whole. Destroying the Exchange cancels. Refusals as with Start.
  std::unique_ptr<upstream::Exchange> Relay(Call call, upstream::ResponseReceiver* receiver,
                                            CallError* refusal);

  const plan::Plan& plan() const { return plan_; }
  std::size_t in_flight() const { return in_flight_; }

 private:
  class Running;
  class Relaying;

  // Empty when the call is refused.
  std::optional<upstream::UpstreamRequest> Build(Call call, CallError* refusal) const;
  std::optional<CallError> Refuse(const Call& call, const upstream::Credential& credential) const;

  loop::EventLoop& loop_;
  const plan::Plan& plan_;
  const upstream::Credentials& credentials_;
  upstream::UpstreamClient& client_;
  upstream::UpstreamHealth& health_;
  const InvokerOptions options_;
  std::size_t in_flight_ = 0;
};

}  // namespace portico::invoke

#endif  // PORTICO_CORE_INVOKE_INVOKER_H_
