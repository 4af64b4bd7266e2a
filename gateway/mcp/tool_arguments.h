// The `arguments` of tools/call, checked and placed.
//
// Pure function; any thread.
#ifndef PORTICO_GATEWAY_MCP_TOOL_ARGUMENTS_H_
#define PORTICO_GATEWAY_MCP_TOOL_ARGUMENTS_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "core/invoke/call.h"
#include "gateway/mcp/served_tool.h"

namespace portico::mcp {

// Places `arguments`, the JSON text of the member as it came (empty: it was missing,
// which means {}), into `call`: its operation and its arguments, nothing else.
//
// Returns every problem at once, each as `path: what is wrong` with what was expected
// and what came; empty when all is placed. What is left to invoke::Invoker is the
// text of path parameters and CR, LF and NUL.
//
// Numbers go upstream in the caller's spelling. Taken although the schema asks for
// something else, because clients send it: an object or array as a JSON string, "5"
// for 5, "true" for true, one value for an array parameter, null for an optional
// argument that is not given. Nothing is ever made of a string where a string is
// asked for.
std::vector<std::string> PlaceArguments(const ServedTool& tool, absl::string_view arguments,
                                        invoke::Call* call);

}  // namespace portico::mcp

#endif  // PORTICO_GATEWAY_MCP_TOOL_ARGUMENTS_H_
