// A call under way, and who takes what comes of it.
//
// Threads: all on the loop's.
#ifndef PORTICO_CORE_INVOKE_INVOCATION_H_
#define PORTICO_CORE_INVOKE_INVOCATION_H_

#include <memory>
#include <optional>
#include <string>

#include "core/invoke/call.h"
#include "core/invoke/outcome.h"
#include "core/upstream/sse_parser.h"
#include "core/upstream/upstream_client.h"

namespace portico::invoke {

// Takes the outcome of one call. Never called from inside CallStarter::Start or
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

// Makes calls. The Invoker is one; a composition makes its steps' calls by one.
class CallStarter {
 public:
  // `receiver` must outlive the Invocation. When Portico itself refuses the
  // call, returns null and fills `refusal`; nothing went upstream then.
  virtual std::unique_ptr<Invocation> Start(Call call, OutcomeReceiver* receiver,
                                            CallError* refusal) = 0;
  // Why no call of the operation, which is no composition, could be made now, whatever
  // its arguments.
  virtual std::optional<CallError> Unready(const plan::Operation& operation) const = 0;

 protected:
  ~CallStarter() = default;
};

}  // namespace portico::invoke

#endif  // PORTICO_CORE_INVOKE_INVOCATION_H_
