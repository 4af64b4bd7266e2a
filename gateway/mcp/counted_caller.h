// Whose calls rate_limiter.h counts together.
//
// Plain data; any thread.
#ifndef PORTICO_GATEWAY_MCP_COUNTED_CALLER_H_
#define PORTICO_GATEWAY_MCP_COUNTED_CALLER_H_

#include <string>

#include "core/plan/plan.h"

namespace portico::mcp {

struct CountedCaller {
  std::string address;        // of the peer; empty: the one caller that there is
  std::string authorization;  // the header field, as sent

  // What tells the caller from others of what `access` closes to all that it does not accept
  // (null: open). A caller could change what nobody checks to begin anew, so `authorization`
  // counts only where nothing else lets a caller in.
  std::string For(const plan::Access* access) const;
};

}  // namespace portico::mcp

#endif  // PORTICO_GATEWAY_MCP_COUNTED_CALLER_H_
