// The messages of a `subscriptions/listen` (2026-07-28, basic/subscriptions).
//
// The tools of a running Portico do not change; a listener is told that it will hear
// of changes of the tool list, and hears of the end when the server closes.
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

// The response to the listen whose id, as JSON, is `id`: it has ended well.
std::string CompletedText(absl::string_view id);

}  // namespace portico::mcp

#endif  // PORTICO_GATEWAY_MCP_SUBSCRIPTION_H_
