#include "server/grpc/service_health.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>

#include "core/plan/composition.h"

namespace portico::server {

ServiceUpstreams UpstreamsOf(const plan::Plan& plan) {
  ServiceUpstreams services;
  for (const plan::Method& method : plan.methods()) {
    std::set<std::size_t>& called = services[method.descriptor->service()->full_name()];
    const plan::Operation& operation = *method.operation;
    if (operation.upstream != plan::kNoUpstream) {
      called.insert(operation.upstream);
      continue;
    }
    for (const plan::Step& step : operation.composition->steps) {
      if (step.operation != nullptr) called.insert(step.operation->upstream);
    }
  }
  return services;
}

void ServiceHealth::Begin(const std::vector<bool>& serving) {
  for (std::size_t i = 0; i < serving.size(); ++i) {
    if (!serving[i]) not_serving_.insert(i);
  }
  std::map<std::string, bool> health;
  for (const auto& [service, upstreams] : services_) health[service] = Serves(upstreams);
  board_->Replace(std::move(health));
}

void ServiceHealth::SetServing(std::size_t upstream, bool serving) {
  serving ? not_serving_.erase(upstream) : not_serving_.insert(upstream).second;
  for (const auto& [service, upstreams] : services_) {
    if (upstreams.count(upstream) > 0) board_->Set(service, Serves(upstreams));
  }
}

bool ServiceHealth::Serves(const std::set<std::size_t>& upstreams) const {
  return std::none_of(upstreams.begin(), upstreams.end(),
                      [this](std::size_t one) { return not_serving_.count(one) > 0; });
}

}  // namespace portico::server
