// What one call of a tool may take and give.
//
// Plain data.
#ifndef PORTICO_GATEWAY_MCP_TOOL_LIMITS_H_
#define PORTICO_GATEWAY_MCP_TOOL_LIMITS_H_

#include <cstddef>

#include "absl/time/time.h"

namespace portico::mcp {

struct ToolLimits {
  // Of a result's text. Claude Code refuses results of more than 25,000 tokens and
  // Claude Desktop of about 100,000 characters (measured, 2026). Under 1,000 counts
  // as 1,000.
  std::size_t text_bytes = 60'000;
  // For the answer of a unary call. The TypeScript SDK's clients give up after 60 s.
  absl::Duration deadline = absl::Seconds(50);
  // An event stream is read until one of these is reached, or `text_bytes`.
  std::size_t events = 200;
  absl::Duration event_time = absl::Seconds(30);
};

}  // namespace portico::mcp

#endif  // PORTICO_GATEWAY_MCP_TOOL_LIMITS_H_
