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
#include <utility>
#include <vector>

#include "core/plan/plan.h"
#include "server/grpc/health_board.h"

namespace portico::server {

// By a service's full name, the indexes in Plan::upstreams() of what it calls.
using ServiceUpstreams = std::map<std::string, std::set<std::size_t>>;

ServiceUpstreams UpstreamsOf(const plan::Plan& plan);

class ServiceHealth {
 public:
  ServiceHealth(ServiceUpstreams services, std::shared_ptr<HealthBoard> board)
      : board_(std::move(board)), services_(std::move(services)) {}

  // The board tells of these services and no others from now on. `serving`: by upstream;
  // services that call none serve.
  void Begin(const std::vector<bool>& serving);
  // Whether Plan::upstreams()[upstream] can be called.
  void SetServing(std::size_t upstream, bool serving);

 private:
  bool Serves(const std::set<std::size_t>& upstreams) const;

  const std::shared_ptr<HealthBoard> board_;
  const ServiceUpstreams services_;
  std::set<std::size_t> not_serving_;
};

}  // namespace portico::server

#endif  // PORTICO_SERVER_GRPC_SERVICE_HEALTH_H_
