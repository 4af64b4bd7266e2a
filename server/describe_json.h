// A Plan as JSON for programs: `portico describe --format json`.
//
// Pure function; any thread.
#ifndef PORTICO_SERVER_DESCRIBE_JSON_H_
#define PORTICO_SERVER_DESCRIBE_JSON_H_

#include <string>

#include "core/plan/plan.h"

namespace portico::server {

// One array with an object for each API: where it is, how Portico proves itself there, and
// its operations with their parameters, body, RPCs, routes and tools. Holds no secret.
std::string DescribeAsJson(const plan::Plan& plan);

}  // namespace portico::server

#endif  // PORTICO_SERVER_DESCRIBE_JSON_H_
