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

// The endpoints of a Plan, made once and shared by all loops. Any thread.
class Endpoints {
 public:
  // All but `options` must outlive them.
  Endpoints(const plan::Plan& plan, const access::AccessControl& access, const McpOptions& options,
            RateLimiter& limiter);

  // By the request's path, "/mcp" or "/mcp/<namespace>"; null when nothing is there.
  const GuardedEndpoint* Find(absl::string_view path) const;
  // All tools, for a caller that need not show anything.
  const Endpoint& all() const { return all_.whole(); }

 private:
  const ToolCatalog catalog_;
  const GuardedEndpoint all_;
  std::map<std::string, GuardedEndpoint, std::less<>> by_namespace_;
};

// What the door serves at a time.
struct Served {
  invoke::Invoker* invoker = nullptr;  // of the door's loop
  const Endpoints* endpoints = nullptr;
  std::shared_ptr<const void> keep;  // what keeps these alive; each call holds it
};

class McpDoor final : public http::RequestHandler {
 public:
  // `board`: of all loops.
  McpDoor(loop::EventLoop& loop, Served first, CallBoard& board, const McpOptions& options);

  // Requests that begin from now on; calls that have begun end on what they began with.
  // Modern listeners whose tools have changed are told.
  void Serve(Served next);

  std::unique_ptr<http::RequestReceiver> Begin(const http::RequestHead& head,
                                               http::ResponseWriter* writer) override;

 private:
  const McpOptions options_;
  Served served_;
  const http::OriginPolicy origins_;
  DoorState state_;
  const loop::Repeating keep_alive_;
};

}  // namespace portico::mcp

#endif  // PORTICO_GATEWAY_MCP_MCP_DOOR_H_
