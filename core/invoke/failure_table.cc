#include "core/invoke/failure_table.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/invoke/retry_after.h"
#include "core/invoke/upstream_error_body.h"

namespace portico::invoke {
namespace {

using absl::StatusCode;
using upstream::Failure;

struct StatusRow {
  int first;
  int last;
  StatusCode code;
  const char* reason;
};

// The first row that holds a status gives its meaning. An HTTP status means
// what HTTP says, not what gRPC's own transport table makes of it: that one is
// for clients that saw no grpc-status, and turns 404 into UNIMPLEMENTED.
constexpr StatusRow kStatusRows[] = {
    {300, 303, StatusCode::kInternal, "UPSTREAM_REDIRECT"},
    {304, 304, StatusCode::kInternal, "UPSTREAM_UNEXPECTED_STATUS"},
    {305, 399, StatusCode::kInternal, "UPSTREAM_REDIRECT"},
    {401, 401, StatusCode::kUnauthenticated, "UPSTREAM_CREDENTIALS_REJECTED"},
    {402, 402, StatusCode::kFailedPrecondition, "UPSTREAM_PAYMENT_REQUIRED"},
    {403, 403, StatusCode::kPermissionDenied, "UPSTREAM_FORBIDDEN"},
    {404, 404, StatusCode::kNotFound, "UPSTREAM_NOT_FOUND"},
    {405, 405, StatusCode::kUnimplemented, "UPSTREAM_METHOD_NOT_SUPPORTED"},
    {408, 408, StatusCode::kUnavailable, "UPSTREAM_RETRYABLE"},
    {409, 409, StatusCode::kAborted, "UPSTREAM_CONFLICT"},
    {410, 410, StatusCode::kNotFound, "UPSTREAM_GONE"},
    {412, 412, StatusCode::kFailedPrecondition, "UPSTREAM_PRECONDITION"},
    {413, 413, StatusCode::kResourceExhausted, "UPSTREAM_REQUEST_TOO_LARGE"},
    {416, 416, StatusCode::kOutOfRange, "UPSTREAM_RANGE"},
    {421, 421, StatusCode::kUnavailable, "UPSTREAM_RETRYABLE"},
    {422, 422, StatusCode::kInvalidArgument, "UPSTREAM_UNPROCESSABLE"},
    {423, 423, StatusCode::kAborted, "UPSTREAM_LOCKED"},
    {424, 424, StatusCode::kFailedPrecondition, "UPSTREAM_PRECONDITION"},
    {425, 425, StatusCode::kUnavailable, "UPSTREAM_RETRYABLE"},
    {428, 428, StatusCode::kFailedPrecondition, "UPSTREAM_PRECONDITION"},
    {429, 429, StatusCode::kResourceExhausted, "UPSTREAM_RATE_LIMITED"},
    {451, 451, StatusCode::kPermissionDenied, "UPSTREAM_FORBIDDEN"},
    {499, 499, StatusCode::kCancelled, "UPSTREAM_CLIENT_CLOSED"},
    {400, 499, StatusCode::kInvalidArgument, "UPSTREAM_BAD_REQUEST"},
    {501, 501, StatusCode::kUnimplemented, "UPSTREAM_METHOD_NOT_SUPPORTED"},
    {502, 503, StatusCode::kUnavailable, "UPSTREAM_UNAVAILABLE"},
    {504, 504, StatusCode::kDeadlineExceeded, "UPSTREAM_TIMEOUT"},
    {507, 507, StatusCode::kResourceExhausted, "UPSTREAM_STORAGE_FULL"},
    {520, 523, StatusCode::kUnavailable, "UPSTREAM_UNAVAILABLE"},
    {524, 524, StatusCode::kDeadlineExceeded, "UPSTREAM_TIMEOUT"},
    {525, 527, StatusCode::kUnavailable, "UPSTREAM_UNAVAILABLE"},
    {530, 530, StatusCode::kUnavailable, "UPSTREAM_UNAVAILABLE"},
    {500, 599, StatusCode::kInternal, "UPSTREAM_INTERNAL"},
};

struct FailureRow {
  Failure failure;
  StatusCode code;
  const char* reason;
  const char* words;
};

constexpr FailureRow kFailureRows[] = {
    {Failure::kDns, StatusCode::kUnavailable, "UPSTREAM_DNS", "host name does not resolve"},
    {Failure::kConnect, StatusCode::kUnavailable, "UPSTREAM_CONNECT", "cannot connect"},
    {Failure::kConnectTimeout, StatusCode::kUnavailable, "UPSTREAM_CONNECT_TIMEOUT",
     "did not accept the connection in time"},
    {Failure::kTlsHandshake, StatusCode::kUnavailable, "UPSTREAM_TLS_HANDSHAKE",
     "TLS handshake failed"},
    {Failure::kTlsVerification, StatusCode::kInternal, "UPSTREAM_TLS_VERIFICATION",
     "its certificate is not trusted"},
    {Failure::kConnectionLost, StatusCode::kUnavailable, "UPSTREAM_CONNECTION_LOST",
     "connection lost"},
    {Failure::kDeadline, StatusCode::kDeadlineExceeded, "DEADLINE",
     "did not answer before the deadline"},
    {Failure::kResponseTooLarge, StatusCode::kResourceExhausted, "UPSTREAM_RESPONSE_TOO_LARGE",
     "answer is over the size limit"},
    {Failure::kMalformed, StatusCode::kInternal, "UPSTREAM_MALFORMED_RESPONSE",
     "answer is not valid HTTP"},
    {Failure::kInvalidRequest, StatusCode::kInternal, "REQUEST_NOT_BUILT",
     "the request could not be built"},
    {Failure::kTokenRefused, StatusCode::kFailedPrecondition, "CREDENTIAL_REFUSED",
     "the authorization server grants no token"},
    {Failure::kTokenUnavailable, StatusCode::kUnavailable, "CREDENTIAL_UNAVAILABLE",
     "the authorization server cannot be asked for a token"},
    {Failure::kInternal, StatusCode::kInternal, "INTERNAL", "the exchange failed"},
};

// "api.render.com" of "https://api.render.com/v1": what a reader may see of a URI.
std::string HostOf(absl::string_view uri) {
  const std::size_t scheme = uri.find("://");
  if (scheme != absl::string_view::npos) uri.remove_prefix(scheme + 3);
  uri = uri.substr(0, uri.find_first_of("/?#"));
  const std::size_t user = uri.rfind('@');
  if (user != absl::string_view::npos) uri.remove_prefix(user + 1);
  return std::string(uri);
}

std::string Describe(const plan::Operation& operation) {
  return absl::StrCat(operation.http_method, " ", operation.path.text());
}

CallError Base(const Outcome& outcome, const plan::Operation& operation,
               const plan::Upstream& upstream, StatusCode code, absl::string_view reason) {
  CallError error;
  error.code = code;
  error.reason = std::string(reason);
  error.metadata["operation"] = operation.id;
  error.metadata["upstream"] = HostOf(upstream.base_uri);
  error.metadata["attempts"] = "1";
  if (outcome.head.status != 0) error.metadata["http_status"] = absl::StrCat(outcome.head.status);
  if (const std::string* id = outcome.head.Find("x-request-id")) {
    error.metadata["request_id"] = std::string(Utf8Prefix(*id, 128));
  }
  if (!outcome.last_event_id.empty()) {
    error.metadata["last_event_id"] = std::string(Utf8Prefix(outcome.last_event_id, 128));
  }
  return error;
}

CallError Refusal(const plan::Operation& operation, StatusCode code, const char* reason,
                  std::string message) {
  CallError error;
  error.code = code;
  error.reason = reason;
  error.message = std::move(message);
  error.metadata["operation"] = operation.id;
  return error;
}

// What the status alone does not say.
void AddStatusDetails(const Outcome& outcome, absl::Time now, CallError* error) {
  const int status = outcome.head.status;
  error->retry_after = RetryAfter(outcome.head, now);
  switch (status) {
    case 401:
      error->metadata["credential"] = "facade";
      break;
    case 403:
      if (error->retry_after.has_value()) {  // how GitHub and others say "too many requests"
        error->code = StatusCode::kResourceExhausted;
        error->reason = "UPSTREAM_RATE_LIMITED";
      }
      break;
    case 413:
      error->do_not_retry = true;
      break;
    default:
      break;
  }
  if (const std::string* location = outcome.head.Find("location"); location && status < 400) {
    error->metadata["location_host"] = std::string(Utf8Prefix(HostOf(*location), 255));
  }
}

CallError ErrorOfStatus(const Outcome& outcome, const plan::Operation& operation,
                        const plan::Upstream& upstream, absl::Time now) {
  const int status = outcome.head.status;
  const auto* row =
      std::find_if(std::begin(kStatusRows), std::end(kStatusRows),
                   [status](const StatusRow& r) { return r.first <= status && status <= r.last; });
  const bool known = row != std::end(kStatusRows);
  CallError error = Base(outcome, operation, upstream, known ? row->code : StatusCode::kInternal,
                         known ? row->reason : "UPSTREAM_UNEXPECTED_STATUS");
  AddStatusDetails(outcome, now, &error);

  const std::string* type = outcome.head.Find("content-type");
  UpstreamErrorBody body = ReadErrorBody(outcome.body, type ? *type : "");
  error.violations = std::move(body.violations);
  error.message = absl::StrCat(Describe(operation), " answered ", status);
  if (!body.message.empty()) {
    absl::StrAppend(&error.message, ": ", body.message);
  } else if (status == 404 && outcome.body.empty()) {
    // Backstage answers so for paths it does not know and while it starts; an
    // unknown id has a body.
    absl::StrAppend(&error.message,
                    " without a body: the API has no such path, or is still starting");
  }
  return error;
}

CallError ErrorOfFailure(const Outcome& outcome, const plan::Operation& operation,
                         const plan::Upstream& upstream) {
  const auto* row =
      std::find_if(std::begin(kFailureRows), std::end(kFailureRows),
                   [&outcome](const FailureRow& r) { return r.failure == outcome.end.failure; });
  CallError error = Base(outcome, operation, upstream, row->code, row->reason);
  error.message = absl::StrCat(Describe(operation), ": ", row->words);
  if (!outcome.end.detail.empty()) absl::StrAppend(&error.message, " (", outcome.end.detail, ")");
  error.message = std::string(Utf8Prefix(error.message, 1024));

  switch (outcome.end.failure) {
    case Failure::kTlsVerification:
    case Failure::kResponseTooLarge:
      error.do_not_retry = true;
      break;
    case Failure::kDeadline:
      if (outcome.own_deadline) error.reason = "UPSTREAM_TIMEOUT";
      break;
    case Failure::kConnectionLost:
      if (operation.stream && outcome.head.status != 0) error.reason = "UPSTREAM_STREAM_LOST";
      if (outcome.end.request_sent && !operation.hints.idempotent && !operation.hints.read_only) {
        error.metadata["maybe_processed"] = "true";
        error.do_not_retry = true;
      }
      break;
    default:
      break;
  }
  return error;
}

}  // namespace

std::optional<CallError> ErrorOf(const Outcome& outcome, const plan::Operation& operation,
                                 const plan::Upstream& upstream, absl::Time now) {
  // A status of failure that arrived tells more than the connection's end.
  if (outcome.head.status >= 300) return ErrorOfStatus(outcome, operation, upstream, now);
  if (!outcome.malformed.empty()) {
    return MalformedResponse(outcome, operation, upstream, outcome.malformed);
  }
  if (outcome.end.failure != Failure::kNone) return ErrorOfFailure(outcome, operation, upstream);
  if (outcome.head.status < 200) return ErrorOfStatus(outcome, operation, upstream, now);
  return std::nullopt;
}

CallError MalformedResponse(const Outcome& outcome, const plan::Operation& operation,
                            const plan::Upstream& upstream, absl::string_view detail) {
  CallError error =
      Base(outcome, operation, upstream, StatusCode::kInternal, "UPSTREAM_MALFORMED_RESPONSE");
  const std::string* type = outcome.head.Find("content-type");
  error.metadata["content_type"] = type ? std::string(Utf8Prefix(*type, 128)) : "none";
  error.message = absl::StrCat(Describe(operation), " answered ", outcome.head.status,
                               " with a body that cannot be read: ", Utf8Prefix(detail, 512));
  return error;
}

CallError InvalidFields(const plan::Operation& operation, std::vector<FieldViolation> violations) {
  std::string message =
      absl::StrJoin(violations, "; ", [](std::string* out, const FieldViolation& violation) {
        absl::StrAppend(out, violation.field, violation.field.empty() ? "" : ": ",
                        violation.description);
      });
  CallError error = Refusal(operation, StatusCode::kInvalidArgument, "INVALID_FIELD",
                            std::string(Utf8Prefix(message, 1024)));
  error.violations = std::move(violations);
  return error;
}

CallError CredentialNotConfigured(const plan::Operation& operation,
                                  const std::vector<std::string>& missing_variables) {
  CallError error =
      Refusal(operation, StatusCode::kFailedPrecondition, "CREDENTIAL_NOT_CONFIGURED",
              absl::StrCat("no credential for ", operation.space, ": set the environment variable ",
                           absl::StrJoin(missing_variables, ", "), " and restart Portico"));
  error.metadata["variables"] = absl::StrJoin(missing_variables, ",");
  return error;
}

CallError BaseUriNotConfigured(const plan::Operation& operation, const plan::Upstream& upstream) {
  return Refusal(operation, StatusCode::kFailedPrecondition, "BASE_URI_NOT_CONFIGURED",
                 absl::StrCat("the capability file names no base URI for ", upstream.space,
                              ": start Portico with --upstream ", upstream.space, "=https://..."));
}

CallError Overloaded(const plan::Operation& operation) {
  CallError error = Refusal(operation, StatusCode::kUnavailable, "OVERLOADED",
                            "too many calls in flight; try again shortly");
  error.retry_after = absl::Seconds(1);
  return error;
}

CallError ShuttingDown(const plan::Operation& operation) {
  return Refusal(operation, StatusCode::kUnavailable, "SHUTTING_DOWN",
                 "Portico is shutting down; try again on another instance");
}

}  // namespace portico::invoke
