#include "core/invoke/invoker.h"

#include <limits>
#include <utility>

#include "absl/time/clock.h"
#include "core/invoke/body_encoder.h"
#include "core/invoke/call_check.h"
#include "core/invoke/composed_exchange.h"
#include "core/invoke/composition_run.h"
#include "core/invoke/failure_table.h"
#include "core/invoke/relayed_exchange.h"
#include "core/invoke/request_builder.h"
#include "core/invoke/upstream_invocation.h"

namespace portico::invoke {
namespace {

// Whether Portico's default deadline stands in for one of the caller's.
bool HasOwnDeadline(const Call& call) {
  return call.deadline == absl::InfiniteFuture() && !call.operation->stream;
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

Invoker::Invoker(loop::EventLoop& loop, const plan::Plan& plan,
                 const upstream::Credentials& credentials, upstream::UpstreamClient& client,
                 upstream::UpstreamHealth& health, const InvokerOptions& options)
    : loop_(loop),
      plan_(plan),
      options_(options),
      upstreams_(loop, plan, credentials, client, health) {}

std::optional<CallError> Invoker::Refuse(const Call& call,
                                         const upstream::Credential& credential) const {
  const plan::Operation& operation = *call.operation;
  std::vector<FieldViolation> violations = CheckArguments(call);
  if (!violations.empty()) return InvalidFields(operation, std::move(violations));
  return NotReady(operation, credential, ReplacesCredential(call));
}

std::optional<CallError> Invoker::Unready(const plan::Operation& operation) const {
  return NotReady(operation, *upstreams_.CredentialOf(operation.upstream), false);
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
  if (upstreams_.in_flight() >= options_.max_in_flight) return Overloaded(operation);
  return std::nullopt;
}

std::optional<upstream::UpstreamRequest> Invoker::Build(Call call, CallError* refusal) const {
  const std::size_t upstream = call.operation->upstream;
  const std::shared_ptr<const upstream::Credential> credential = upstreams_.CredentialOf(upstream);
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
  auto running =
      std::make_unique<UpstreamInvocation>(loop_, upstreams_, operation, takes_events, receiver);
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
  auto relaying = std::make_unique<RelayedExchange>(upstreams_, operation, receiver);
  relaying->Start(*std::move(request));
  return relaying;
}

}  // namespace portico::invoke
