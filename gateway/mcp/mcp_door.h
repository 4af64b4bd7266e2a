// The MCP door: /mcp serves the tools of all capabilities, /mcp/<consumes namespace>
// those of one API; both eras on each path, told apart for each message. Stateless
// but for the streams that are open.
//
// One per event loop; loop thread only. What it is made of must outlive it.
#ifndef PORTICO_GATEWAY_MCP_MCP_DOOR_H_
#define PORTICO_GATEWAY_MCP_MCP_DOOR_H_

#include <map>
#include <memory>
#include <string>

#include "absl/strings/string_view.h"
#include "core/access/access_control.h"
#include "core/invoke/invoker.h"
#include "core/loop/event_loop.h"
#include "core/loop/repeating.h"
#include "core/plan/plan.h"
#include "gateway/http/origin_policy.h"
#include "gateway/http/request_handler.h"
#include "gateway/mcp/call_board.h"
#include "gateway/mcp/door_state.h"
#include "gateway/mcp/guarded_endpoint.h"
#include "gateway/mcp/rate_limiter.h"
#include "gateway/mcp/tool_catalog.h"

namespace portico::mcp {

// The endpoints of a Plan, made once and shared by all loops. Any thread. Both must
// outlive it.
class Endpoints {
 public:
  Endpoints(const plan::Plan& plan, const access::AccessControl& access, const McpOptions& options);

  // By the request's path, "/mcp" or "/mcp/<namespace>"; null when nothing is there.
  const GuardedEndpoint* Find(absl::string_view path) const;
  // All tools, for a caller that need not show anything.
  const Endpoint& all() const { return all_.whole(); }
  CallBoard& board() const { return board_; }

 private:
  const ToolCatalog catalog_;
  std::unique_ptr<RateLimiter> limiter_;
  const GuardedEndpoint all_;
  std::map<std::string, GuardedEndpoint, std::less<>> by_namespace_;
  mutable CallBoard board_;
};

class McpDoor final : public http::RequestHandler {
 public:
  McpDoor(loop::EventLoop& loop, invoke::Invoker& invoker, const Endpoints& endpoints,
          const McpOptions& options);

  std::unique_ptr<http::RequestReceiver> Begin(const http::RequestHead& head,
                                               http::ResponseWriter* writer) override;

 private:
  const McpOptions options_;
  const Endpoints& endpoints_;
  const http::OriginPolicy origins_;
  DoorState state_;
  const loop::Repeating keep_alive_;
};

}  // namespace portico::mcp

#endif  // PORTICO_GATEWAY_MCP_MCP_DOOR_H_
