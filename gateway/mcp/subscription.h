// The messages of a `subscriptions/listen` (2026-07-28, basic/subscriptions).
//
// A listener hears when other tools, resources or prompts are served than before, of those
// lists that it asks for, and of the end when the server closes.
//
// Pure functions; any thread.
#ifndef PORTICO_GATEWAY_MCP_SUBSCRIPTION_H_
#define PORTICO_GATEWAY_MCP_SUBSCRIPTION_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "gateway/mcp/json_rpc.h"
#include "gateway/mcp/list_kinds.h"

namespace portico::mcp {

// What of the asked filter is honoured: each list, whether or not anything is in it now.
// If nothing is, CompletedText follows the acknowledgement at once.
ListKinds HonouredLists(const Message& listen);

// notifications/subscriptions/acknowledged: what of the asked filter is honoured.
std::string AcknowledgedText(const Message& listen);

// notifications/tools/list_changed and the like, one of each kind, for the listen whose id,
// as JSON, is `id`; for a legacy client, which has none, the empty one.
std::vector<std::string> ChangedTexts(ListKinds changed, absl::string_view id);

// The response to the listen whose id, as JSON, is `id`: it has ended well.
std::string CompletedText(absl::string_view id);

}  // namespace portico::mcp

#endif  // PORTICO_GATEWAY_MCP_SUBSCRIPTION_H_
