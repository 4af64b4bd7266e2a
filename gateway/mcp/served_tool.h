// One tool as an endpoint serves it.
//
// Immutable once in a ToolCatalog, and lives as long; any thread.
#ifndef PORTICO_GATEWAY_MCP_SERVED_TOOL_H_
#define PORTICO_GATEWAY_MCP_SERVED_TOOL_H_

#include <memory>
#include <string>

#include "core/plan/library.h"
#include "core/plan/operation.h"
#include "gateway/mcp/tool_limits.h"

namespace portico::mcp {

struct InputSchema;

struct ServedTool {
  std::string name;   // unique in its endpoint: [a-z0-9][a-z0-9_-]{0,47}
  std::string title;  // for people
  const plan::Tool* tool = nullptr;
  // The Tool object for tools/list, good for every revision since 2024-11-05:
  // compact, in UTF-8, without line feeds.
  std::string json;
  // What `arguments` must look like; the inputSchema in `json` says the same.
  std::shared_ptr<const InputSchema> input;
  ToolLimits limits;
  // The operation has a typed service: an answer that is not JSON is a failure.
  bool typed = false;
  // Not called but read: the answer is the content of this resource (resource_set.h).
  const plan::Resource* resource = nullptr;

  const plan::Operation& operation() const { return *tool->operation; }
  // The answer is an event stream: it is for an EventCollector (event_collector.h).
  bool stream() const { return tool->operation->stream; }
};

}  // namespace portico::mcp

#endif  // PORTICO_GATEWAY_MCP_SERVED_TOOL_H_
