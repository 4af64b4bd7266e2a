// Which header fields travel with a call: the caller's to the upstream, and the
// upstream's to the caller. docs/adr/0022-rest-passes-bytes-through.md says why.
//
// Pure; any thread.
#ifndef PORTICO_GATEWAY_REST_PASSED_FIELDS_H_
#define PORTICO_GATEWAY_REST_PASSED_FIELDS_H_

#include <vector>

#include "core/plan/operation.h"
#include "core/upstream/upstream_client.h"
#include "gateway/http/request_head.h"
#include "gateway/http/response_head.h"

namespace portico::rest {

// The caller's fields that an upstream gets: tracing, request id, idempotency key,
// conditions, ranges, language, encodings. All others stay here: inputs of the
// operation are placed by RouteInputs.
std::vector<plan::Header> FieldsForUpstream(const http::RequestHead& head);

// As FieldsForUpstream for an event stream, which is never encoded nor a range.
std::vector<plan::Header> FieldsForEventStream(const http::RequestHead& head);

// Adds the upstream's fields but for those of its connection (also those that its
// own `Connection` names), of its credentials and cookies, of its origin
// (CORS, HSTS, Alt-Svc), and Portico-Source; and sets the length.
void PassFields(const upstream::ResponseHead& from, http::ResponseHead* to);

// The caller's X-Request-Id and traceparent, for answering with them: a response of
// the upstream's own keeps its own.
std::vector<plan::Header> FieldsToAnswer(const http::RequestHead& head);

}  // namespace portico::rest

#endif  // PORTICO_GATEWAY_REST_PASSED_FIELDS_H_
