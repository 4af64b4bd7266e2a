// The stand-in for Northflank's jobs API, after what the vendor's client sends
// and reads.
//
// Threads: the server's own.
#ifndef PORTICO_DEMO_NORTHFLANK_API_H_
#define PORTICO_DEMO_NORTHFLANK_API_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "demo/demo_options.h"
#include "demo/exchange.h"
#include "demo/northflank_jobs.h"
#include "demo/random_id.h"

namespace portico::demo {

class NorthflankApi {
 public:
  // Of `options`: the token and strict_vendor.
  explicit NorthflankApi(const DemoOptions& options) : options_(options) {}

  void Handle(const Request& request, std::unique_ptr<Exchange> exchange);

 private:
  void Route(const Request& request, Exchange& exchange);
  void List(const Request& request, const NorthflankProject& project, Exchange& exchange);
  void Create(const Request& request, const std::string& kind, NorthflankProject& project,
              Exchange& exchange);
  void Run(const Request& request, const Json& job, Exchange& exchange);

  const DemoOptions options_;
  NorthflankJobs jobs_;
  RandomId ids_;
};

}  // namespace portico::demo

#endif  // PORTICO_DEMO_NORTHFLANK_API_H_
