// Turns what is known of upstreams into the health of services: a service serves
// when everything that its operations call can be called.
//
// Threads: the health board's loop, after construction anywhere.
#ifndef PORTICO_SERVER_GRPC_SERVICE_HEALTH_H_
#define PORTICO_SERVER_GRPC_SERVICE_HEALTH_H_

#include <cstddef>
#include <map>
#include <memory>
#include <set>
#include <string>

#include "core/plan/plan.h"
#include "server/grpc/health_board.h"

namespace portico::server {

class ServiceHealth {
 public:
  // Of the services of `plan`, which need not outlive this.
  ServiceHealth(const plan::Plan& plan, std::shared_ptr<HealthBoard> board);

  // Services that call no upstream, of which SetServing will not tell, serve.
  void Begin();
  // Whether Plan::upstreams()[upstream] can be called.
  void SetServing(std::size_t upstream, bool serving);

 private:
  using Upstreams = std::set<std::size_t>;

  const std::shared_ptr<HealthBoard> board_;
  std::map<std::string, Upstreams> upstreams_;  // that a service calls
  Upstreams not_serving_;
};

}  // namespace portico::server

#endif  // PORTICO_SERVER_GRPC_SERVICE_HEALTH_H_
