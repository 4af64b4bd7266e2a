#include "core/invoke/composed_exchange.h"

#include <string>
#include <utility>

#include "absl/time/time.h"

namespace portico::invoke {

void ComposedExchange::Next(void (ComposedExchange::*tell)()) {
  turn_ = loop_.After(absl::ZeroDuration(), [this, tell] { (this->*tell)(); });
}

void ComposedExchange::OnOutcome(Outcome outcome) {
  outcome_ = std::move(outcome);
  // A malformed answer of a step is nothing to pass on.
  if (!outcome_.malformed.empty()) {
    outcome_.end = {upstream::Failure::kMalformed, outcome_.malformed, true};
  }
  if (outcome_.head.status == 0 || outcome_.end.failure != upstream::Failure::kNone) {
    return Next(&ComposedExchange::TellEnd);
  }
  upstream::ResponseHead head = std::move(outcome_.head);
  Next(outcome_.body.empty() ? &ComposedExchange::TellEnd : &ComposedExchange::TellBody);
  receiver_->OnHead(std::move(head));  // may destroy this
}

void ComposedExchange::TellBody() {
  const std::string body = std::move(outcome_.body);
  const std::weak_ptr<bool> alive = alive_;
  const upstream::Flow flow = receiver_->OnBody(body);
  if (alive.expired()) return;
  paused_ = flow == upstream::Flow::kPause;
  if (!paused_) Next(&ComposedExchange::TellEnd);
}

void ComposedExchange::TellEnd() { receiver_->OnEnd(std::move(outcome_.end)); }

void ComposedExchange::Resume() {
  if (std::exchange(paused_, false)) Next(&ComposedExchange::TellEnd);
}

}  // namespace portico::invoke
