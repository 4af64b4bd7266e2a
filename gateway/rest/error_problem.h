// A failed call as a problem of Portico's own (RFC 9457). The REST statuses are
// those of google/rpc/code.proto, but for what the operator has to set up: 503.
//
// Pure; any thread.
#ifndef PORTICO_GATEWAY_REST_ERROR_PROBLEM_H_
#define PORTICO_GATEWAY_REST_ERROR_PROBLEM_H_

#include "core/invoke/outcome.h"
#include "gateway/http/problem.h"
#include "gateway/http/response_head.h"

namespace portico::rest {

http::Problem ProblemOf(const invoke::CallError& error);

// http::HeadOf, with `Retry-After` in whole seconds where the error says when.
http::ResponseHead HeadOf(const invoke::CallError& error, const http::Problem& problem);

}  // namespace portico::rest

#endif  // PORTICO_GATEWAY_REST_ERROR_PROBLEM_H_
