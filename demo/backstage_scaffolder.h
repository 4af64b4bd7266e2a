// The stand-in for Backstage's scaffolder API (1.55): routes, checks in the
// vendor's order and words, and the parts behind them.
//
// Threads: the server's own. The schedule must outlive it.
#ifndef PORTICO_DEMO_BACKSTAGE_SCAFFOLDER_H_
#define PORTICO_DEMO_BACKSTAGE_SCAFFOLDER_H_

#include <memory>
#include <string>

#include "absl/strings/string_view.h"
#include "demo/backstage_readers.h"
#include "demo/backstage_runner.h"
#include "demo/backstage_store.h"
#include "demo/backstage_template.h"
#include "demo/demo_options.h"
#include "demo/exchange.h"

namespace portico::demo {

class BackstageScaffolder {
 public:
  // Of `options`: the token (and token + "-guest", which speaks for the user
  // user:default/guest; tasks of the plain token have no creator), strict_vendor.
  BackstageScaffolder(const DemoOptions& options, Schedule* schedule);

  void Handle(const Request& request, std::unique_ptr<Exchange> exchange);

  const EventReaders& readers() const { return readers_; }

 private:
  void Route(const Request& request, absl::string_view user, std::unique_ptr<Exchange> exchange);
  void RouteTask(const Request& request, const std::string& id, absl::string_view verb,
                 std::unique_ptr<Exchange> exchange);
  void Create(const Request& request, absl::string_view user, Exchange& exchange);
  void DryRunTemplate(const Request& request, Exchange& exchange);
  void List(const Request& request, Exchange& exchange);
  void Stream(const Request& request, const Task& task, std::unique_ptr<Exchange> exchange);
  void Events(const Request& request, const Task& task, bool long_poll,
              std::unique_ptr<Exchange> exchange);

  const DemoOptions options_;
  TemplateCatalog catalog_;
  TaskStore store_;
  StepRunner runner_;
  EventReaders readers_;
};

}  // namespace portico::demo

#endif  // PORTICO_DEMO_BACKSTAGE_SCAFFOLDER_H_
