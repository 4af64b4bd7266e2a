// The InputSchema of a tool, from its bindings: inputs as the capability file declares
// them, with types and comments of the .proto files where the operation has a typed
// service. The body is one argument, an object.
//
// Pure function; any thread.
#ifndef PORTICO_GATEWAY_MCP_INPUT_SCHEMA_BUILDER_H_
#define PORTICO_GATEWAY_MCP_INPUT_SCHEMA_BUILDER_H_

#include "core/plan/operation.h"
#include "gateway/mcp/input_schema.h"

namespace portico::mcp {

// `method` is the operation's; null when it has none. Objects nest at most five deep,
// counting the arguments themselves; deeper ones are any object.
InputSchema BuildInputSchema(const plan::Tool& tool, const plan::Method* method);

}  // namespace portico::mcp

#endif  // PORTICO_GATEWAY_MCP_INPUT_SCHEMA_BUILDER_H_
