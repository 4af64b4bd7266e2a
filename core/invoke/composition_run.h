// Answers one call of a composition: its steps one after the other, then what is made
// of them. To whoever waits it is an Invocation like any other.
//
// Loop thread only. The loop, CallStarter, Plan and receiver must outlive it. Destroying
// it cancels the step under way.
#ifndef PORTICO_CORE_INVOKE_COMPOSITION_RUN_H_
#define PORTICO_CORE_INVOKE_COMPOSITION_RUN_H_

#include <cstddef>
#include <memory>
#include <optional>
#include <string>

#include "absl/time/time.h"
#include "core/invoke/invocation.h"
#include "core/loop/event_loop.h"
#include "core/plan/composition.h"
#include "core/plan/plan.h"

namespace portico::invoke {

class CompositionRun final : public Invocation, private OutcomeReceiver {
 public:
  // More values than this in one step's answer are too large to be looked into.
  static constexpr std::size_t kMaxValues = 500'000;
  // Of all that is made of the answers on the way to the call's own (codec::JsonAllowance).
  static constexpr std::size_t kMaxCopied = 4 * kMaxValues;

  CompositionRun(loop::EventLoop& loop, CallStarter& starter, const plan::Plan& plan,
                 OutcomeReceiver* receiver)
      : loop_(loop), starter_(starter), plan_(plan), receiver_(receiver) {}

  // Once. A refusal when some step cannot be called, or the first not with these
  // arguments; nothing was sent then. `own_deadline`: the call's is not its caller's.
  std::optional<CallError> Start(Call call, bool own_deadline);

  void Resume() override {}
  const std::string& last_event_id() const override { return no_event_; }

 private:
  upstream::Flow OnEvent(const upstream::SseEvent&) override { return upstream::Flow::kContinue; }
  void OnOutcome(Outcome outcome) override;

  const plan::Composition& composition() const { return *call_.operation->composition; }
  const plan::Step& step() const { return composition().steps[at_]; }
  std::optional<CallError> CheckFirstStep() const;
  // Runs what can be run on this turn; ends with a call under way or with the answer.
  void Go();
  void Keep(std::optional<codec::JsonValue> brought);
  std::optional<codec::JsonValue> Answer() const;
  codec::JsonValue MappedAnswer() const;
  codec::JsonValue StepsByName() const;
  void Deliver();
  void PassOn(Outcome outcome);
  void Fail(CallError error, Outcome outcome);
  void FailTooLarge();

  loop::EventLoop& loop_;
  CallStarter& starter_;
  const plan::Plan& plan_;
  OutcomeReceiver* const receiver_;
  Call call_;
  bool own_deadline_ = false;
  codec::JsonAllowance allowance_{kMaxCopied};
  plan::Values values_{{}, {}, &allowance_};
  std::size_t at_ = 0;  // the step under way
  int status_ = 200;    // of the answer
  std::unique_ptr<Invocation> invocation_;
  std::unique_ptr<loop::Timer> turn_;
  const std::string no_event_;
};

}  // namespace portico::invoke

#endif  // PORTICO_CORE_INVOKE_COMPOSITION_RUN_H_
