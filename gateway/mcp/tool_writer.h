// The Tool object of tools/list.
//
// Pure functions; any thread.
#ifndef PORTICO_GATEWAY_MCP_TOOL_WRITER_H_
#define PORTICO_GATEWAY_MCP_TOOL_WRITER_H_

#include <string>

#include "core/plan/operation.h"
#include "gateway/mcp/served_tool.h"

namespace portico::mcp {

// What the tool does: the file's words, those of the RPC in our .proto files, and the
// call behind it. `method` may be null.
std::string DescriptionOf(const ServedTool& tool, const plan::Method* method);

// Compact: name, title, description, inputSchema, outputSchema, annotations.
std::string WriteTool(const ServedTool& tool, const std::string& description);

}  // namespace portico::mcp

#endif  // PORTICO_GATEWAY_MCP_TOOL_WRITER_H_
