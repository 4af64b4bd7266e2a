#include "core/invoke/invoker.h"

#include <algorithm>
#include <limits>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/time/clock.h"
#include "core/codec/media_type.h"
#include "core/invoke/body_encoder.h"
#include "core/invoke/call_check.h"
#include "core/invoke/composed_exchange.h"
#include "core/invoke/composition_run.h"
#include "core/invoke/failure_table.h"
#include "core/invoke/request_builder.h"
#include "core/invoke/secret_echo.h"
#include "core/upstream/sse_parser.h"

namespace portico::invoke {
namespace {

// Behind the body, so that the codec need not copy it (codec::kJsonPadding).
constexpr std::size_t kPadding = 64;
// Error bodies only feed a message of 1 KB.
constexpr std::size_t kErrorBody = 64 * 1024;
constexpr std::size_t kMaxReserve = 1024 * 1024;

// Whether Portico's default deadline stands in for one of the caller's.
bool HasOwnDeadline(const Call& call) {
  return call.deadline == absl::InfiniteFuture() && !call.operation->stream;
}

bool FetchesToken(const plan::Upstream& upstream) {
  const auto fetches = [](const plan::Authentication& authentication) {
    return authentication.scheme == plan::AuthenticationScheme::kClientCredentials;
  };
  return fetches(upstream.authentication) ||
         std::any_of(upstream.further_authentication.begin(), upstream.further_authentication.end(),
                     fetches);
}

bool IsSuccess(int status) { return status >= 200 && status < 300; }

std::size_t ExpectedLength(const upstream::ResponseHead& head) {
  const std::string* length = head.Find("content-length");
  std::size_t bytes = 0;
  if (length == nullptr || !absl::SimpleAtoi(*length, &bytes)) return 0;
  return std::min(bytes, kMaxReserve);
}

// An open stream keeps only what its end may have to tell: a Backstage answer has
// 2 KB of headers, and a stream may be open for days.
void KeepLittle(upstream::ResponseHead* head) {
  std::vector<upstream::Header> kept;
  for (upstream::Header& header : head->headers) {
    if (absl::EqualsIgnoreCase(header.name, "x-request-id")) kept.push_back(std::move(header));
  }
  head->headers = std::move(kept);
}

// A composition under way, or null with its refusal.
template <typename Composed>
std::unique_ptr<Composed> Begun(std::unique_ptr<Composed> composed, Call call, bool own_deadline,
                                CallError* refusal) {
  std::optional<CallError> refused = composed->Start(std::move(call), own_deadline);
  if (!refused.has_value()) return composed;
  *refusal = *std::move(refused);
  return nullptr;
}

}  // namespace

// One call in flight: collects a unary body, or feeds the SSE parser.
class Invoker::Running final : public Invocation, private upstream::ResponseReceiver {
 public:
  Running(Invoker& invoker, const plan::Operation& operation, bool takes_events,
          OutcomeReceiver* receiver)
      : invoker_(invoker),
        operation_(operation),
        takes_events_(takes_events || operation.stream),
        receiver_(receiver) {
    ++invoker_.in_flight_;
  }
  ~Running() override { --invoker_.in_flight_; }

  void Start(upstream::UpstreamRequest request, bool own_deadline) {
    outcome_.own_deadline = own_deadline;
    exchange_ = invoker_.ClientOf(operation_.upstream).Start(std::move(request), this);
  }

  void Resume() override {
    if (exchange_ != nullptr) exchange_->Resume();
  }
  const std::string& last_event_id() const override { return parser_.last_event_id(); }

 private:
  void OnHead(upstream::ResponseHead head) override {
    outcome_.head = std::move(head);
    const std::string* const type = outcome_.head.Find("content-type");
    streaming_ = IsSuccess(outcome_.head.status) && type != nullptr && codec::IsEventStream(*type);
    if (streaming_ && !takes_events_) {
      // Its end may never come: stop reading now.
      return Abandon(
          "an event stream instead of one JSON answer; state the stream in an overlay, or call it "
          "by REST or MCP");
    }
    if (operation_.stream && IsSuccess(outcome_.head.status) && !streaming_) {
      return Abandon("not an event stream (text/event-stream)");
    }
    if (streaming_) KeepLittle(&outcome_.head);
    if (!streaming_) {
      const std::size_t expected = ExpectedLength(outcome_.head);
      if (expected > 0) outcome_.body.reserve(expected + kPadding);
    }
  }

  upstream::Flow OnBody(absl::string_view bytes) override {
    if (abandon_ != nullptr) return upstream::Flow::kPause;
    if (!streaming_) {
      CollectBody(bytes);
      return upstream::Flow::kContinue;
    }
    upstream::Flow flow = upstream::Flow::kContinue;
    const absl::Status fed = parser_.Feed(bytes, [this, &flow](const upstream::SseEvent& event) {
      if (receiver_->OnEvent(event) == upstream::Flow::kPause) flow = upstream::Flow::kPause;
    });
    if (!fed.ok()) {
      Abandon(fed.message());
      return upstream::Flow::kPause;
    }
    return flow;
  }

  void OnEnd(upstream::ExchangeEnd end) override {
    abandon_.reset();
    exchange_.reset();
    outcome_.end = std::move(end);
    outcome_.last_event_id = parser_.last_event_id();
    const bool reached = outcome_.head.status != 0;
    invoker_.health_.Report(operation_.upstream,
                            reached ? upstream::Failure::kNone : outcome_.end.failure);
    if (reached && !IsSuccess(outcome_.head.status)) {
      HideSecrets(operation_, *invoker_.credentials_.ForUpstream(operation_.upstream),
                  invoker_.TokenOf(operation_.upstream), &outcome_);
    }
    receiver_->OnOutcome(std::move(outcome_));  // may destroy this
  }

  // Ends the exchange on the loop's next turn: an engine may not be torn down
  // from inside its own callback.
  void Abandon(absl::string_view why) {
    outcome_.malformed = std::string(why);
    abandon_ = invoker_.loop_.After(absl::ZeroDuration(), [this] { OnEnd({}); });
  }

  void CollectBody(absl::string_view bytes) {
    std::string& body = outcome_.body;
    if (!IsSuccess(outcome_.head.status)) {
      bytes = bytes.substr(0, kErrorBody - std::min(kErrorBody, body.size()));
    }
    body.append(bytes.data(), bytes.size());
  }

  Invoker& invoker_;
  const plan::Operation& operation_;
  const bool takes_events_;
  OutcomeReceiver* const receiver_;
  std::unique_ptr<upstream::Exchange> exchange_;
  upstream::SseParser parser_;
  Outcome outcome_;
  std::unique_ptr<loop::Timer> abandon_;
  bool streaming_ = false;
};

// One call in flight whose response passes through.
class Invoker::Relaying final : public upstream::Exchange, private upstream::ResponseReceiver {
 public:
  Relaying(Invoker& invoker, const plan::Operation& operation, upstream::ResponseReceiver* receiver)
      : invoker_(invoker), operation_(operation), receiver_(receiver) {
    ++invoker_.in_flight_;
  }
  ~Relaying() override { --invoker_.in_flight_; }

  void Start(upstream::UpstreamRequest request) {
    exchange_ = invoker_.ClientOf(operation_.upstream).Start(std::move(request), this);
  }

  void Resume() override { exchange_->Resume(); }
  upstream::Flow Send(absl::string_view bytes) override { return exchange_->Send(bytes); }
  void FinishBody() override { exchange_->FinishBody(); }

 private:
  void OnHead(upstream::ResponseHead head) override {
    reached_ = true;
    HideQuerySecrets(operation_, *invoker_.credentials_.ForUpstream(operation_.upstream), &head);
    receiver_->OnHead(std::move(head));
  }
  upstream::Flow OnBody(absl::string_view bytes) override { return receiver_->OnBody(bytes); }
  void OnSendable() override { receiver_->OnSendable(); }
  void OnEnd(upstream::ExchangeEnd end) override {
    invoker_.health_.Report(operation_.upstream, reached_ ? upstream::Failure::kNone : end.failure);
    receiver_->OnEnd(std::move(end));  // may destroy this
  }

  Invoker& invoker_;
  const plan::Operation& operation_;
  upstream::ResponseReceiver* const receiver_;
  std::unique_ptr<upstream::Exchange> exchange_;
  bool reached_ = false;
};

Invoker::Invoker(loop::EventLoop& loop, const plan::Plan& plan,
                 const upstream::Credentials& credentials, upstream::UpstreamClient& client,
                 upstream::UpstreamHealth& health, const InvokerOptions& options)
    : loop_(loop),
      plan_(plan),
      credentials_(credentials),
      client_(client),
      health_(health),
      options_(options),
      tokens_(plan.upstreams().size()) {
  for (std::size_t i = 0; i < tokens_.size(); ++i) {
    if (!FetchesToken(plan.upstreams()[i])) continue;
    tokens_[i] =
        std::make_unique<Tokens>(loop_, client_, [this, i] { return credentials_.ForUpstream(i); });
  }
}

upstream::UpstreamClient& Invoker::ClientOf(std::size_t upstream) {
  return tokens_[upstream] == nullptr ? client_ : tokens_[upstream]->client;
}

const upstream::Token* Invoker::TokenOf(std::size_t upstream) const {
  return tokens_[upstream] == nullptr ? nullptr : tokens_[upstream]->source.Last();
}

std::optional<CallError> Invoker::Refuse(const Call& call,
                                         const upstream::Credential& credential) const {
  const plan::Operation& operation = *call.operation;
  std::vector<FieldViolation> violations = CheckArguments(call);
  if (!violations.empty()) return InvalidFields(operation, std::move(violations));
  return NotReady(operation, credential, ReplacesCredential(call));
}

std::optional<CallError> Invoker::Unready(const plan::Operation& operation) const {
  return NotReady(operation, *credentials_.ForUpstream(operation.upstream), false);
}

std::optional<CallError> Invoker::NotReady(const plan::Operation& operation,
                                           const upstream::Credential& credential,
                                           bool replaced) const {
  if (!credential.usable() && !replaced) {
    return CredentialNotConfigured(operation, credential.missing);
  }
  if (std::vector<std::string> missing = MissingVariables(operation, credential);
      !missing.empty()) {
    return VariableNotConfigured(operation, missing);
  }
  const plan::Upstream& upstream = plan_.upstreams()[operation.upstream];
  if (upstream.base_uri.empty()) return BaseUriNotConfigured(operation, upstream);
  if (in_flight_ >= options_.max_in_flight) return Overloaded(operation);
  return std::nullopt;
}

std::optional<upstream::UpstreamRequest> Invoker::Build(Call call, CallError* refusal) const {
  const std::size_t upstream = call.operation->upstream;
  const std::shared_ptr<const upstream::Credential> credential = credentials_.ForUpstream(upstream);
  if (std::optional<CallError> refused = Refuse(call, *credential)) {
    *refusal = *std::move(refused);
    return std::nullopt;
  }
  if (NeedsEncoding(call) && call.arguments.send_body) {
    const absl::Status encoded = EncodeBody(&call);
    if (!encoded.ok()) {
      *refusal = InvalidFields(*call.operation, {{"body", std::string(encoded.message())}});
      return std::nullopt;
    }
  }
  const plan::Timeouts& timeouts = call.operation->timeouts;
  const absl::Time deadline = HasOwnDeadline(call)
                                  ? absl::Now() + timeouts.total.value_or(options_.default_deadline)
                                  : call.deadline;
  upstream::UpstreamRequest request =
      BuildRequest(std::move(call), plan_.upstreams()[upstream], *credential);
  request.deadline = deadline;
  request.limits = options_.limits;
  if (timeouts.connect.has_value()) request.limits.connect = *timeouts.connect;
  if (request.stream && timeouts.idle.has_value()) request.limits.stall = *timeouts.idle;
  return request;
}

std::unique_ptr<Invocation> Invoker::Start(Call call, OutcomeReceiver* receiver,
                                           CallError* refusal) {
  const plan::Operation& operation = *call.operation;
  const bool takes_events = call.takes_events;
  const bool own_deadline = HasOwnDeadline(call);
  if (operation.composition != nullptr) {
    if (own_deadline) call.deadline = absl::Now() + options_.default_deadline;
    auto run = std::make_unique<CompositionRun>(loop_, *this, plan_, receiver);
    return Begun(std::move(run), std::move(call), own_deadline, refusal);
  }
  std::optional<upstream::UpstreamRequest> request = Build(std::move(call), refusal);
  if (!request.has_value()) return nullptr;
  auto running = std::make_unique<Running>(*this, operation, takes_events, receiver);
  running->Start(*std::move(request), own_deadline);
  return running;
}

std::unique_ptr<upstream::Exchange> Invoker::Relay(Call call, upstream::ResponseReceiver* receiver,
                                                   CallError* refusal) {
  const plan::Operation& operation = *call.operation;
  if (operation.composition != nullptr) {
    const bool without = HasOwnDeadline(call);
    if (without) call.deadline = absl::Now() + options_.default_deadline;
    auto exchange = std::make_unique<ComposedExchange>(loop_, *this, plan_, receiver);
    return Begun(std::move(exchange), std::move(call), without, refusal);
  }
  // What an overlay states as the total is one.
  const bool own_deadline = HasOwnDeadline(call) && !operation.timeouts.total.has_value();
  std::optional<upstream::UpstreamRequest> request = Build(std::move(call), refusal);
  if (!request.has_value()) return nullptr;
  request->keep_encoding = !request->stream;  // between whose events others may stand
  request->limits.body_bytes = std::numeric_limits<std::size_t>::max();
  if (own_deadline) {
    // A large body may take its time as long as it moves.
    request->deadline = absl::InfiniteFuture();
    request->limits.stall = options_.default_deadline;
  }
  auto relaying = std::make_unique<Relaying>(*this, operation, receiver);
  relaying->Start(*std::move(request));
  return relaying;
}

}  // namespace portico::invoke
