// The tools of `exposes` entries of type mcp, and the procedures, which are written
// like tools, of those of type grpc.
//
// Not thread-safe. The draft and the resolver must outlive the compiler.
#ifndef PORTICO_CORE_PLAN_TOOL_COMPILER_H_
#define PORTICO_CORE_PLAN_TOOL_COMPILER_H_

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "core/capability/capability.h"
#include "core/capability/finding_log.h"
#include "core/plan/call_resolver.h"
#include "core/plan/composition_compiler.h"
#include "core/plan/plan_draft.h"

namespace portico::plan {

class ToolCompiler {
 public:
  ToolCompiler(PlanDraft* draft, CallResolver* resolver, CompositionCompiler* compositions)
      : draft_(draft), resolver_(resolver), compositions_(compositions) {}

  // Adds the tools of one entry of capability `file`. Each gives its hints to the
  // operation that it calls, unless an earlier tool did; what a tool does not hint
  // at, the HTTP method decides. A tool whose name another of the same API has is
  // left out with a warning (its hints count all the same). One that another API has
  // is kept, with a warning too (gateway/mcp/tool_catalog.h tells them apart). An entry
  // of type grpc becomes a DraftService.
  void Compile(const capability::Expose& expose, std::size_t file, capability::FindingLog* log);

 private:
  void CompileTool(const capability::Expose& expose, const capability::ExposedTool& written,
                   std::size_t file, capability::FindingLog* log);
  // Whether the tool is the first of its name in its API.
  bool Claim(const Tool& tool, const std::string& key, capability::FindingLog* log);

  PlanDraft* draft_;
  CallResolver* resolver_;
  CompositionCompiler* compositions_;
  // By tool name, one of each namespace in the order of the files.
  std::multimap<std::string, std::pair<std::string, capability::Place>> places_;
  std::map<std::string, std::size_t> calls_;  // of one entry, by what is called
  std::set<const Operation*> hinted_;
};

}  // namespace portico::plan

#endif  // PORTICO_CORE_PLAN_TOOL_COMPILER_H_
