// The header fields by which MCP repeats what the body says, so that what stands
// between can route by them (2026-07-28, basic/transports, "Standard headers").
#ifndef PORTICO_GATEWAY_MCP_PROTOCOL_FIELDS_H_
#define PORTICO_GATEWAY_MCP_PROTOCOL_FIELDS_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "gateway/http/request_head.h"

namespace portico::mcp {

// As sent, without white space around; absent when the caller sent none.
struct ProtocolFields {
  std::optional<std::string> version;  // MCP-Protocol-Version
  std::optional<std::string> method;   // Mcp-Method
  std::optional<std::string> name;     // Mcp-Name, perhaps encoded
};

ProtocolFields FieldsOf(const http::RequestHead& head);

// The text behind `=?base64?...?=`, by which a value travels that a field cannot hold;
// any other value is itself. Nullopt when what is between is not base64.
std::optional<std::string> DecodedField(absl::string_view value);

}  // namespace portico::mcp

#endif  // PORTICO_GATEWAY_MCP_PROTOCOL_FIELDS_H_
