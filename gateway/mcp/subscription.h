// The messages of a `subscriptions/listen` (2026-07-28, basic/subscriptions).
//
// A listener hears when other tools are served than before, and of the end when the
// server closes.
//
// Pure functions; any thread.
#ifndef PORTICO_GATEWAY_MCP_SUBSCRIPTION_H_
#define PORTICO_GATEWAY_MCP_SUBSCRIPTION_H_

#include <string>

#include "absl/strings/string_view.h"
#include "gateway/mcp/json_rpc.h"

namespace portico::mcp {

// notifications/subscriptions/acknowledged: what of the asked filter is honoured.
std::string AcknowledgedText(const Message& listen);

// Whether anything of the filter is honoured. If not, CompletedText follows at once.
bool HonoursAnything(const Message& listen);

// notifications/tools/list_changed for the listen whose id, as JSON, is `id`; for a
// legacy client, which has none, the empty one.
std::string ToolsChangedText(absl::string_view id);

// The response to the listen whose id, as JSON, is `id`: it has ended well.
std::string CompletedText(absl::string_view id);

}  // namespace portico::mcp

#endif  // PORTICO_GATEWAY_MCP_SUBSCRIPTION_H_
