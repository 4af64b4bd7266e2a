// The schema of Portico's own problems, as gateway/http/problem.h writes them.
//
// Pure function; any thread.
#ifndef PORTICO_GATEWAY_OPENAPI_PROBLEM_SCHEMA_H_
#define PORTICO_GATEWAY_OPENAPI_PROBLEM_SCHEMA_H_

#include "gateway/http/problem.h"
#include "gateway/openapi/json.h"

namespace portico::openapi {

using http::kProblemType;
using http::kSourceField;

Json ProblemSchema();

}  // namespace portico::openapi

#endif  // PORTICO_GATEWAY_OPENAPI_PROBLEM_SCHEMA_H_
