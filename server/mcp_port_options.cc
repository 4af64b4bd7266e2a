#include "server/mcp_port_options.h"

#include "server/listen_address.h"

namespace portico::server {

mcp::McpOptions DoorOptionsOf(const McpPortOptions& port, const http::OriginOptions& shared) {
  mcp::McpOptions door = port.door;
  door.origins = shared;
  door.origins.loopback = IsLoopback(port.address);
  // The listener has no pages; elsewhere than on loopback, a page with our name is one
  // that made its name point here.
  door.origins.own_pages = door.origins.loopback;
  for (const auto& [name, bytes] : port.text_bytes_of) {
    mcp::ToolLimits& limits = door.tools.limits_of[name];
    limits = door.tools.limits;
    limits.text_bytes = bytes;
  }
  return door;
}

}  // namespace portico::server
