// Advice on a capability file that loads: what callers, people and models would miss.
// Asked for by `portico check` alone.
//
// Pure function; any thread.
#ifndef PORTICO_CORE_CAPABILITY_CAPABILITY_LINT_H_
#define PORTICO_CORE_CAPABILITY_CAPABILITY_LINT_H_

#include <cstddef>

#include "core/capability/capability.h"
#include "core/capability/finding_log.h"

namespace portico::capability {

// What MCP clients and model providers read of a tool (gateway/mcp/tool_name.h).
constexpr std::size_t kMaxToolDescription = 1000;
constexpr std::size_t kMaxToolNameBytes = 48;

// Notes, and warnings where a tool would be called under false pretences.
void Advise(const Capability& capability, FindingLog* log);

}  // namespace portico::capability

#endif  // PORTICO_CORE_CAPABILITY_CAPABILITY_LINT_H_
