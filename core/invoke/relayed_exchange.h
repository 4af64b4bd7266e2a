// One call of an upstream whose response passes through to a door.
//
// Threads: the loop's only.
#ifndef PORTICO_CORE_INVOKE_RELAYED_EXCHANGE_H_
#define PORTICO_CORE_INVOKE_RELAYED_EXCHANGE_H_

#include <memory>
#include <utility>

#include "absl/strings/string_view.h"
#include "core/invoke/called_upstreams.h"
#include "core/invoke/secret_echo.h"
#include "core/plan/operation.h"
#include "core/upstream/upstream_client.h"

namespace portico::invoke {

class RelayedExchange final : public upstream::Exchange, private upstream::ResponseReceiver {
 public:
  // All must outlive it.
  RelayedExchange(CalledUpstreams& upstreams, const plan::Operation& operation,
                  upstream::ResponseReceiver* receiver)
      : upstreams_(upstreams), under_way_(upstreams), operation_(operation), receiver_(receiver) {}

  // Once.
  void Start(upstream::UpstreamRequest request) {
    exchange_ = upstreams_.ClientOf(operation_.upstream).Start(std::move(request), this);
  }

  void Resume() override { exchange_->Resume(); }
  upstream::Flow Send(absl::string_view bytes) override { return exchange_->Send(bytes); }
  void FinishBody() override { exchange_->FinishBody(); }

 private:
  void OnHead(upstream::ResponseHead head) override {
    reached_ = true;
    HideQuerySecrets(operation_, *upstreams_.CredentialOf(operation_.upstream), &head);
    receiver_->OnHead(std::move(head));
  }
  upstream::Flow OnBody(absl::string_view bytes) override { return receiver_->OnBody(bytes); }
  void OnSendable() override { receiver_->OnSendable(); }
  void OnEnd(upstream::ExchangeEnd end) override {
    upstreams_.Report(operation_.upstream, reached_, end.failure);
    receiver_->OnEnd(std::move(end));  // may destroy this
  }

  CalledUpstreams& upstreams_;
  const CalledUpstreams::UnderWay under_way_;
  const plan::Operation& operation_;
  upstream::ResponseReceiver* const receiver_;
  std::unique_ptr<upstream::Exchange> exchange_;
  bool reached_ = false;
};

}  // namespace portico::invoke

#endif  // PORTICO_CORE_INVOKE_RELAYED_EXCHANGE_H_
