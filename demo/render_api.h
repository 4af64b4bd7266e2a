// The stand-in for Render's workflow tasks API, after the vendor's document and
// its local server's source.
//
// Threads: the server's own. The schedule must outlive it.
#ifndef PORTICO_DEMO_RENDER_API_H_
#define PORTICO_DEMO_RENDER_API_H_

#include <memory>
#include <string>

#include "demo/demo_options.h"
#include "demo/exchange.h"
#include "demo/random_id.h"
#include "demo/render_events.h"
#include "demo/render_workflows.h"

namespace portico::demo {

class RenderApi {
 public:
  // Of `options`: the token.
  RenderApi(const DemoOptions& options, Schedule* schedule);

  void Handle(const Request& request, std::unique_ptr<Exchange> exchange);

  const RunEvents& events() const { return events_; }

 private:
  void Route(const Request& request, std::unique_ptr<Exchange> exchange);
  void RouteRun(const Request& request, const std::string& id, Exchange& exchange);
  void CreateRun(const Request& request, Exchange& exchange);
  void ListRuns(const Request& request, Exchange& exchange);
  void ListTasks(const Request& request, Exchange& exchange);
  void StreamEvents(const Request& request, std::unique_ptr<Exchange> exchange);
  // {"id","message"}: the shape of all its errors.
  void ReplyError(Exchange& exchange, int status, absl::string_view message);

  const DemoOptions options_;
  RandomId ids_;
  RunEvents events_;
  Workflows workflows_;
};

}  // namespace portico::demo

#endif  // PORTICO_DEMO_RENDER_API_H_
