// JSON as YAML that people like to read: block style, text over several lines as
// such, everything in doubt quoted. Means the same to readers of YAML 1.1 and 1.2.
//
// Pure function; any thread.
#ifndef PORTICO_GATEWAY_OPENAPI_YAML_H_
#define PORTICO_GATEWAY_OPENAPI_YAML_H_

#include <string>

#include "gateway/openapi/json.h"

namespace portico::openapi {

// Strings must be UTF-8. Ends in a line feed.
std::string ToYaml(const Json& value);

}  // namespace portico::openapi

#endif  // PORTICO_GATEWAY_OPENAPI_YAML_H_
