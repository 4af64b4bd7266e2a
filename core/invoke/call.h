// One invocation of an operation, as a door hands it over.
//
// Plain data; moved to the loop that runs it.
#ifndef PORTICO_CORE_INVOKE_CALL_H_
#define PORTICO_CORE_INVOKE_CALL_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "core/invoke/outcome.h"
#include "core/plan/operation.h"
#include "core/upstream/upstream_client.h"

namespace portico::invoke {

// Values in the caller's own characters: nothing is percent-encoded yet.
struct Arguments {
  // One entry per Operation::parameters, in that order: no text when the caller
  // left the parameter out, several for an array.
  std::vector<std::vector<std::string>> parameters;
  std::string body;        // JSON text
  bool send_body = false;  // false: the request carries no body at all
  // Instead of `body`: its bytes follow by Exchange::Send. Only for Invoker::Relay.
  std::optional<upstream::BodyStream> body_stream = {};
  std::string content_type = "application/json";  // of the body
};

struct Call {
  const plan::Operation* operation = nullptr;  // owned by the Plan
  Arguments arguments;
  // What the door found wrong already, in the caller's words; refused with the rest.
  std::vector<FieldViolation> violations = {};
  absl::Time deadline = absl::InfiniteFuture();
  // Events are taken even where the operation does not promise a stream: the upstream's
  // content type decides (dialect rule 8). Only for Invoker::Start.
  bool takes_events = false;
  // Passed on as they came: kForwardedHeaders, and what else a door lets through.
  std::vector<plan::Header> headers;
};

// The caller's headers that go upstream with a call, lower case.
inline constexpr const char* kForwardedHeaders[] = {"traceparent", "tracestate", "x-request-id",
                                                    "idempotency-key"};

}  // namespace portico::invoke

#endif  // PORTICO_CORE_INVOKE_CALL_H_
