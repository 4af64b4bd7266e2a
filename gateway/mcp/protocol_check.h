// What a message owes the protocol before its method is looked at, in both eras.
//
// Pure functions; any thread.
#ifndef PORTICO_GATEWAY_MCP_PROTOCOL_CHECK_H_
#define PORTICO_GATEWAY_MCP_PROTOCOL_CHECK_H_

#include <optional>

#include "gateway/mcp/era.h"
#include "gateway/mcp/json_rpc.h"
#include "gateway/mcp/protocol_fields.h"

namespace portico::mcp {

// An error, and the HTTP status that goes with it.
struct Refusal {
  int status = 400;
  RpcError error;
};

// A modern request (2026-07-28, basic/index and basic/transports), checked in this
// order: `_meta` names a revision (else kInvalidParams), MCP-Protocol-Version says the
// same (kHeaderMismatch), the revision is ours (kUnsupportedVersion), `_meta` holds the
// client's capabilities and no unknown log level (kInvalidParams), Mcp-Method and
// Mcp-Name agree with the body (kHeaderMismatch). `fields` is null on stdio, where
// there are none.
//
// A modern notification is only held to the fields that it has.
std::optional<Refusal> CheckModern(const Message& message, const ProtocolFields* fields);

// A legacy message: MCP-Protocol-Version, where sent, is one of ours, but for
// `initialize`, which negotiates it (2025-11-25, basic/transports).
std::optional<Refusal> CheckLegacy(const Message& message, const ProtocolFields* fields);

}  // namespace portico::mcp

#endif  // PORTICO_GATEWAY_MCP_PROTOCOL_CHECK_H_
