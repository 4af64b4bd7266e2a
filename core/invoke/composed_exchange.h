// A composition for a door that passes responses through: the Outcome as a response.
//
// Loop thread only. The loop and the receiver must outlive it.
#ifndef PORTICO_CORE_INVOKE_COMPOSED_EXCHANGE_H_
#define PORTICO_CORE_INVOKE_COMPOSED_EXCHANGE_H_

#include <memory>
#include <optional>
#include <utility>

#include "absl/strings/string_view.h"
#include "core/invoke/composition_run.h"
#include "core/invoke/invocation.h"
#include "core/loop/event_loop.h"
#include "core/upstream/upstream_client.h"

namespace portico::invoke {

class ComposedExchange final : public upstream::Exchange, private OutcomeReceiver {
 public:
  ComposedExchange(loop::EventLoop& loop, CallStarter& starter, const plan::Plan& plan,
                   upstream::ResponseReceiver* receiver)
      : loop_(loop), receiver_(receiver), run_(loop, starter, plan, this) {}

  // As CompositionRun::Start.
  std::optional<CallError> Start(Call call, bool own_deadline) {
    return run_.Start(std::move(call), own_deadline);
  }

  void Resume() override;
  // The body is whole when the call begins.
  upstream::Flow Send(absl::string_view) override { return upstream::Flow::kContinue; }
  void FinishBody() override {}

 private:
  upstream::Flow OnEvent(const upstream::SseEvent&) override { return upstream::Flow::kContinue; }
  void OnOutcome(Outcome outcome) override;
  void TellBody();
  void TellEnd();
  void Next(void (ComposedExchange::*tell)());

  loop::EventLoop& loop_;
  upstream::ResponseReceiver* const receiver_;
  CompositionRun run_;
  Outcome outcome_;
  bool paused_ = false;
  std::unique_ptr<loop::Timer> turn_;  // until the next thing is told
  // The receiver may destroy this while it is told something.
  const std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace portico::invoke

#endif  // PORTICO_CORE_INVOKE_COMPOSED_EXCHANGE_H_
