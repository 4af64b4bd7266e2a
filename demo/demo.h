// Stand-ins for the three upstream APIs, so that a newcomer needs no account:
// Backstage's scaffolder, Render's workflow tasks and Northflank's jobs, as
// recorded, quirks included. Plain HTTP/1.1 on loopback, bearer required.
//
// Threads: owns one; construct, use and destroy from any one thread.
#ifndef PORTICO_DEMO_DEMO_H_
#define PORTICO_DEMO_DEMO_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "demo/demo_options.h"

namespace portico::demo {

class Demo {
 public:
  // Binds three free loopback ports and serves until destroyed.
  static absl::StatusOr<std::unique_ptr<Demo>> Start(const DemoOptions& options);
  virtual ~Demo() = default;

  // Namespace -> base URI, for the three built-in capability files.
  virtual std::vector<std::pair<std::string, std::string>> base_uris() const = 0;
};

}  // namespace portico::demo

#endif  // PORTICO_DEMO_DEMO_H_
