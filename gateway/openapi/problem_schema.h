// The schema of Portico's own problems, as gateway/http/problem.h writes them.
//
// Pure function; any thread.
#ifndef PORTICO_GATEWAY_OPENAPI_PROBLEM_SCHEMA_H_
#define PORTICO_GATEWAY_OPENAPI_PROBLEM_SCHEMA_H_

#include "gateway/openapi/json.h"

namespace portico::openapi {

inline constexpr char kProblemType[] = "application/problem+json";
inline constexpr char kSourceField[] = "Portico-Source";

Json ProblemSchema();

}  // namespace portico::openapi

#endif  // PORTICO_GATEWAY_OPENAPI_PROBLEM_SCHEMA_H_
