// The tools of a Plan as MCP endpoints serve them: one endpoint with all of them
// (/mcp), one for each API (/mcp/<consumes namespace>), with the compositions that call no other.
//
// Made once at start, then immutable; any thread. The Plan must outlive it. The same
// Plan and options give the same bytes, in every process.
#ifndef PORTICO_GATEWAY_MCP_TOOL_CATALOG_H_
#define PORTICO_GATEWAY_MCP_TOOL_CATALOG_H_

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "core/plan/plan.h"
#include "gateway/mcp/served_tool.h"
#include "gateway/mcp/tool_limits.h"

namespace portico::mcp {

struct ToolOptions {
  ToolLimits limits;
  // Instead of `limits`, by the tool's name in the file.
  std::map<std::string, ToolLimits> limits_of = {};
};

// The tools of one endpoint, in the order of the files.
class ToolSet {
 public:
  explicit ToolSet(std::vector<ServedTool> tools, std::string instructions);

  const std::vector<ServedTool>& tools() const { return tools_; }
  // Case-sensitive; null when there is none.
  const ServedTool* Find(absl::string_view name) const;
  // For initialize and server/discover: what the tools are for and which to use when.
  // Under 2,048 bytes, where Claude Code cuts.
  const std::string& instructions() const { return instructions_; }

 private:
  std::vector<ServedTool> tools_;
  absl::flat_hash_map<std::string, std::size_t> by_name_;
  std::string instructions_;
};

// A tool is called as in its file. What clients or model providers would refuse is
// folded and shortened (tool_name.h). Where several APIs have a tool of one name, the
// endpoint of all calls each "<namespace>-<name>"; those of one API do not.
class ToolCatalog {
 public:
  explicit ToolCatalog(const plan::Plan& plan, const ToolOptions& options = {});

  const ToolSet& all() const { return *all_; }
  // Null when no tool belongs to an API of that namespace.
  const ToolSet* ForNamespace(absl::string_view consumes_namespace) const;

 private:
  std::unique_ptr<const ToolSet> all_;
  std::map<std::string, std::unique_ptr<const ToolSet>, std::less<>> by_namespace_;
};

}  // namespace portico::mcp

#endif  // PORTICO_GATEWAY_MCP_TOOL_CATALOG_H_
