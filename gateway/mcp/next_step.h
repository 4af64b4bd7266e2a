// What a model can do about a failed call. Pure functions; any thread.
#ifndef PORTICO_GATEWAY_MCP_NEXT_STEP_H_
#define PORTICO_GATEWAY_MCP_NEXT_STEP_H_

#include <string>

#include "absl/time/time.h"
#include "core/invoke/outcome.h"
#include "gateway/mcp/served_tool.h"

namespace portico::mcp {

// One or two sentences, never empty.
std::string NextStep(const ServedTool& tool, const invoke::CallError& error);

// "Retry after 2 s.", rounded up.
std::string RetryAfter(absl::Duration wait);

// "Ask for less with `limit`, `cursor`.": the optional arguments that are parameters;
// other words when there are none.
std::string AskForLess(const ServedTool& tool);

// The argument that feeds a parameter; the parameter's own name when none does.
std::string ArgumentName(const ServedTool& tool, const std::string& parameter);

}  // namespace portico::mcp

#endif  // PORTICO_GATEWAY_MCP_NEXT_STEP_H_
