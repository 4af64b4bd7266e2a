// What came back of a call: the upstream's response, a failure of the exchange,
// or Portico's own refusal to make it. failure_table.h gives it meaning.
//
// Plain data.
#ifndef PORTICO_CORE_INVOKE_OUTCOME_H_
#define PORTICO_CORE_INVOKE_OUTCOME_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "core/upstream/upstream_client.h"

namespace portico::invoke {

// Names the step of a composition whose answer is passed on.
inline constexpr char kStepHeader[] = "Portico-Step";

// One thing wrong with what the caller sent.
struct FieldViolation {
  std::string field;  // parameter or field, in the caller's spelling
  std::string description;
};

// Why a call failed, the same for every door. The codes and reasons are those
// of the failure table (docs/adr/0006-statuses-by-meaning.md).
struct CallError {
  absl::StatusCode code = absl::StatusCode::kInternal;
  std::string reason;   // ErrorInfo.reason, UPPER_SNAKE_CASE
  std::string message;  // for people; at most 1 KB of the upstream's own words
  // ErrorInfo.metadata: http_status, upstream, operation, request_id, attempts, ...
  std::map<std::string, std::string> metadata;
  std::vector<FieldViolation> violations;     // BadRequest
  std::optional<absl::Duration> retry_after;  // RetryInfo, never negative
  // Retrying cannot help or could do the work twice (grpc-retry-pushback-ms: -1).
  bool do_not_retry = false;
};

struct Outcome {
  upstream::ResponseHead head;  // status 0: no response head arrived
  // The whole body of a unary response; of a stream, the body that came instead
  // of events.
  std::string body;
  upstream::ExchangeEnd end;
  // Set when the body was not what the operation promises (an event stream for
  // a unary call, an oversized event, ...).
  std::string malformed;
  std::string last_event_id;  // of a stream, for resuming
  // Of a composition that failed: what it means, judged where it is known which step
  // failed; `head`, `body` and `end` are that step's.
  std::optional<CallError> error = {};
  // The deadline that passed was Portico's default, not the caller's.
  bool own_deadline = false;
};

}  // namespace portico::invoke

#endif  // PORTICO_CORE_INVOKE_OUTCOME_H_
