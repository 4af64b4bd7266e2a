// The outputSchema of a tool: any object. A stricter one makes clients throw away
// answers that a model could well read, and some refuse the whole list over one that
// they do not know (measured: the official TypeScript SDK). What a capability file says
// of the answer stands in it as names and descriptions, which forbid nothing.
//
// Pure function; any thread.
#ifndef PORTICO_GATEWAY_MCP_OUTPUT_SCHEMA_H_
#define PORTICO_GATEWAY_MCP_OUTPUT_SCHEMA_H_

#include <string>

#include "core/plan/operation.h"

namespace portico::mcp {

// Compact. An answer that is no object is the member `result` (tool_result.h).
std::string OutputSchemaOf(const plan::Operation& operation);

}  // namespace portico::mcp

#endif  // PORTICO_GATEWAY_MCP_OUTPUT_SCHEMA_H_
