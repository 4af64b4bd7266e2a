// The `instructions` of an endpoint: what its tools are for and which to use when.
//
// Pure function; any thread.
#ifndef PORTICO_GATEWAY_MCP_TOOL_INSTRUCTIONS_H_
#define PORTICO_GATEWAY_MCP_TOOL_INSTRUCTIONS_H_

#include <cstddef>
#include <string>
#include <vector>

#include "core/plan/plan.h"
#include "gateway/mcp/served_tool.h"

namespace portico::mcp {

// Claude Code cuts at 2,048 characters (measured, 2026).
inline constexpr std::size_t kMaxInstructions = 2000;

// At most kMaxInstructions bytes: of many tools the last are counted, not named.
std::string WriteInstructions(const plan::Plan& plan, const std::vector<ServedTool>& tools);

}  // namespace portico::mcp

#endif  // PORTICO_GATEWAY_MCP_TOOL_INSTRUCTIONS_H_
