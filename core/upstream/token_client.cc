#include "core/upstream/token_client.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/time/clock.h"

namespace portico::upstream {
namespace {

constexpr int kUnauthorized = 401;

bool HoldsAuthorization(const UpstreamRequest& request) {
  return std::any_of(request.headers.begin(), request.headers.end(), [](const Header& header) {
    return absl::EqualsIgnoreCase(header.name, "Authorization");
  });
}

}  // namespace

class TokenClient::Authorized final : public Exchange,
                                      private ResponseReceiver,
                                      private TokenSource::Waiter {
 public:
  Authorized(TokenClient& client, UpstreamRequest request, ResponseReceiver* receiver)
      : client_(client), request_(std::move(request)), receiver_(receiver) {
    if (const Token* token = client_.source_.Current()) {
      Send(*token);
    } else {
      Wait();
    }
  }
  ~Authorized() override { client_.source_.Forget(this); }

  void Resume() override {
    if (exchange_ != nullptr) exchange_->Resume();
  }
  Flow Send(absl::string_view bytes) override {
    if (exchange_ != nullptr) return exchange_->Send(bytes);
    unsent_.append(bytes.data(), bytes.size());
    held_back_ = unsent_.size() > kUnsentBytes;
    return held_back_ ? Flow::kPause : Flow::kContinue;
  }
  void FinishBody() override {
    finished_ = true;
    if (exchange_ != nullptr) exchange_->FinishBody();
  }

 private:
  void Wait() {
    client_.source_.Await(this);
    if (request_.deadline == absl::InfiniteFuture()) return;
    patience_ = client_.loop_.After(request_.deadline - absl::Now(), [this] {
      client_.source_.Forget(this);
      receiver_->OnEnd(
          {Failure::kDeadline, "the deadline passed while waiting for a token", false});
    });
  }

  // What may be sent a second time is kept.
  bool repeatable() const { return !request_.body_stream.has_value() && !repeated_; }

  void Send(const Token& token) {
    number_ = token.number;
    UpstreamRequest authorized = repeatable() ? request_ : std::move(request_);
    authorized.secrets.push_back({"Authorization", token.header_value});
    exchange_ = client_.client_.Start(std::move(authorized), this);
    if (!unsent_.empty() && exchange_->Send(std::exchange(unsent_, {})) == Flow::kPause) {
      held_back_ = false;  // the engine will say when
    }
    if (finished_) exchange_->FinishBody();
  }

  void OnToken(const Token& token) override {
    patience_.reset();
    Send(token);
    if (std::exchange(held_back_, false)) receiver_->OnSendable();
  }
  void OnNoToken(const ExchangeEnd& end) override {
    patience_.reset();
    receiver_->OnEnd(end);  // may destroy this
  }

  void OnHead(ResponseHead head) override {
    if (head.status != kUnauthorized) return receiver_->OnHead(std::move(head));
    client_.source_.Discard(number_);
    if (!repeatable()) return receiver_->OnHead(std::move(head));
    repeated_ = true;
    exchange_.reset();
    if (const Token* token = client_.source_.Current()) return Send(*token);
    Wait();
  }
  Flow OnBody(absl::string_view bytes) override { return receiver_->OnBody(bytes); }
  void OnSendable() override { receiver_->OnSendable(); }
  void OnEnd(ExchangeEnd end) override { receiver_->OnEnd(std::move(end)); }

  TokenClient& client_;
  UpstreamRequest request_;
  ResponseReceiver* const receiver_;
  std::unique_ptr<loop::Timer> patience_;
  std::unique_ptr<Exchange> exchange_;
  std::uint64_t number_ = 0;  // of the token that was sent
  std::string unsent_;        // of a body_stream, until there is a token
  bool finished_ = false;
  bool held_back_ = false;
  bool repeated_ = false;
};

std::unique_ptr<Exchange> TokenClient::Start(UpstreamRequest request, ResponseReceiver* receiver) {
  if (HoldsAuthorization(request)) return client_.Start(std::move(request), receiver);
  return std::make_unique<Authorized>(*this, std::move(request), receiver);
}

}  // namespace portico::upstream
