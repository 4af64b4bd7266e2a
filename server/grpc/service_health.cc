#include "server/grpc/service_health.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <utility>

#include "core/plan/composition.h"

namespace portico::server {

ServiceHealth::ServiceHealth(const plan::Plan& plan, std::shared_ptr<HealthBoard> board)
    : board_(std::move(board)) {
  for (const plan::Method& method : plan.methods()) {
    Upstreams& called = upstreams_[method.descriptor->service()->full_name()];
    const plan::Operation& operation = *method.operation;
    if (operation.upstream != plan::kNoUpstream) {
      called.insert(operation.upstream);
      continue;
    }
    for (std::size_t i = 0; i < plan.upstreams().size(); ++i) {
      if (plan::CallsUpstream(operation, i)) called.insert(i);
    }
  }
}

void ServiceHealth::Begin() {
  for (const auto& [service, upstreams] : upstreams_) {
    if (upstreams.empty()) board_->Set(service, true);
  }
}

void ServiceHealth::SetServing(std::size_t upstream, bool serving) {
  serving ? not_serving_.erase(upstream) : not_serving_.insert(upstream).second;
  for (const auto& [service, upstreams] : upstreams_) {
    if (upstreams.count(upstream) == 0) continue;
    board_->Set(service, std::none_of(upstreams.begin(), upstreams.end(), [this](std::size_t one) {
                  return not_serving_.count(one) > 0;
                }));
  }
}

}  // namespace portico::server
