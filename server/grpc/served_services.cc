#include "server/grpc/served_services.h"

#include <google/protobuf/descriptor.h>

#include <utility>

namespace portico::server {
namespace {

std::vector<std::string> ListedServices(const MethodTable& methods) {
  std::vector<std::string> services = methods.services();
  services.push_back("grpc.health.v1.Health");
  services.push_back("grpc.reflection.v1.ServerReflection");
  services.push_back("grpc.reflection.v1alpha.ServerReflection");
  return services;
}

}  // namespace

absl::StatusOr<std::unique_ptr<const ServedServices>> ServedServices::Make(const plan::Plan& plan) {
  absl::StatusOr<MethodTable> methods = MethodTable::Compile(plan);
  if (!methods.ok()) return methods.status();
  return std::unique_ptr<const ServedServices>(new ServedServices(plan, *std::move(methods)));
}

ServedServices::ServedServices(const plan::Plan& plan, MethodTable methods)
    : methods_(std::move(methods)),
      reflection_(*google::protobuf::DescriptorPool::generated_pool(), ListedServices(methods_)),
      by_upstream_(plan.upstreams().size()) {
  for (const plan::Method& method : plan.methods()) {
    by_upstream_[method.operation->upstream].insert(method.descriptor->service()->full_name());
  }
}

}  // namespace portico::server
