// Names of tools that every client and model provider takes: [a-z0-9][a-z0-9_-]{0,47}.
// 48, because Claude Code and Cursor put the server's name before it and then allow
// about 60 (measured, 2026).
//
// Pure functions; any thread.
#ifndef PORTICO_GATEWAY_MCP_TOOL_NAME_H_
#define PORTICO_GATEWAY_MCP_TOOL_NAME_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace portico::mcp {

inline constexpr std::size_t kMaxToolName = 48;

// `written` as it is when it is such a name. Otherwise in lower case, with '-' for runs of
// other characters; when that is over the limit, its beginning and a hash of `written`,
// the same on every machine.
std::string ToolName(absl::string_view written);

// Names of the tools of one endpoint, in their order: ToolName() of each where that is
// unique, "<space>-<name>" of all that would share one, and a hash where even that
// does not tell them apart.
struct NamedTool {
  absl::string_view space;
  absl::string_view name;
};
std::vector<std::string> ToolNames(const std::vector<NamedTool>& tools);

}  // namespace portico::mcp

#endif  // PORTICO_GATEWAY_MCP_TOOL_NAME_H_
