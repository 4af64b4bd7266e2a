// Where the MCP door listens, and what of it the command line sets.
#ifndef PORTICO_SERVER_MCP_PORT_OPTIONS_H_
#define PORTICO_SERVER_MCP_PORT_OPTIONS_H_

#include <cstddef>
#include <map>
#include <string>

#include "gateway/http/limits.h"
#include "gateway/http/origin_policy.h"
#include "gateway/mcp/door_state.h"

namespace portico::server {

struct McpPortOptions {
  std::string address = "127.0.0.1:9090";  // "off": closed
  std::string tls_certificate_file;        // PEM, with its chain; empty: clear text
  std::string tls_key_file;
  http::Limits limits;
  mcp::McpOptions door;
  std::map<std::string, std::size_t> text_bytes_of;  // ToolLimits, by the tool's name
};

// The door's own: pages of other origins and names of this machine are `shared` with
// the REST door, and `text_bytes_of` is worked in.
mcp::McpOptions DoorOptionsOf(const McpPortOptions& port, const http::OriginOptions& shared);

}  // namespace portico::server

#endif  // PORTICO_SERVER_MCP_PORT_OPTIONS_H_
