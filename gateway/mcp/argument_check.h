// Checks a caller's JSON by an InputSchema, and turns what clients send amiss into
// what is meant: see PlaceArguments() in tool_arguments.h.
//
// Pure function; any thread.
#ifndef PORTICO_GATEWAY_MCP_ARGUMENT_CHECK_H_
#define PORTICO_GATEWAY_MCP_ARGUMENT_CHECK_H_

#include <string>
#include <vector>

#include "gateway/mcp/input_schema.h"
#include "gateway/mcp/json_value.h"

namespace portico::mcp {

// Every problem, or the first 20, as "body.tags[2]: expected a string, got 5". `value` is changed
// where something else is meant; members that are null and need not be there are gone.
std::vector<std::string> CheckArgument(const InputSchema& schema, JsonValue* value);

}  // namespace portico::mcp

#endif  // PORTICO_GATEWAY_MCP_ARGUMENT_CHECK_H_
