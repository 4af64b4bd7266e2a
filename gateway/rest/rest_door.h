// The REST door: finds the route of a request, places its arguments, and lets the
// upstream's answer through. Stateless but for the streams that are open.
//
// One per event loop; loop thread only.
#ifndef PORTICO_GATEWAY_REST_REST_DOOR_H_
#define PORTICO_GATEWAY_REST_REST_DOOR_H_

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "core/access/access_control.h"
#include "core/invoke/invoker.h"
#include "core/loop/event_loop.h"
#include "core/loop/repeating.h"
#include "core/plan/plan.h"
#include "gateway/http/origin_policy.h"
#include "gateway/http/request_handler.h"
#include "gateway/rest/event_relay.h"
#include "gateway/rest/route_inputs.h"
#include "gateway/rest/route_table.h"

namespace portico::rest {

struct RestOptions {
  std::size_t max_body_bytes = 64 * 1024 * 1024;  // of a request; more: 413
  absl::Duration keep_alive = absl::Seconds(15);  // between comments on a silent stream
  http::OriginOptions origins;
};

// The routes of a Plan, compiled once and shared by all loops. Immutable. Both must
// outlive it.
struct Routes {
  Routes(const plan::Plan& plan, const access::AccessControl& access);
  RouteTable table;
  std::vector<RouteInputs> inputs;  // per Plan::routes()
  const access::AccessControl& access;
};

// What the door serves besides routes: health, the OpenAPI document, the page for
// people. Any thread.
class FixedPages {
 public:
  virtual ~FixedPages() = default;
  // Whether `path` is one of its own; if so the response is given.
  virtual bool Serve(const http::RequestHead& head, absl::string_view path,
                     http::ResponseWriter* writer) const = 0;
};

// What the door serves at a time.
struct Served {
  invoke::Invoker* invoker = nullptr;  // of the door's loop
  const Routes* routes = nullptr;
  const FixedPages* pages = nullptr;
  std::shared_ptr<const void> keep;  // what keeps these alive; each request holds it
};

class RestDoor final : public http::RequestHandler {
 public:
  RestDoor(loop::EventLoop& loop, Served first, const RestOptions& options);

  // Requests that begin from now on; those that have begun end on what they began with.
  void Serve(Served next) { served_ = std::move(next); }

  std::unique_ptr<http::RequestReceiver> Begin(const http::RequestHead& head,
                                               http::ResponseWriter* writer) override;

 private:
  std::unique_ptr<http::RequestReceiver> BeginCall(const http::RequestHead& head,
                                                   const RouteInputs& inputs, RouteMatch match,
                                                   absl::string_view query, RestRequest request);

  loop::EventLoop& loop_;
  Served served_;
  const RestOptions options_;
  const http::OriginPolicy origins_;
  EventRelay::OpenStreams streams_;
  const loop::Repeating keep_alive_;
};

}  // namespace portico::rest

#endif  // PORTICO_GATEWAY_REST_REST_DOOR_H_
