#include "server/grpc/served_services.h"

#include <string>
#include <utility>
#include <vector>

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

absl::StatusOr<std::unique_ptr<const ServedServices>> ServedServices::Make(
    const plan::Plan& plan, const access::AccessControl& access) {
  absl::StatusOr<MethodTable> methods = MethodTable::Compile(plan);
  if (!methods.ok()) return methods.status();
  return std::unique_ptr<const ServedServices>(
      new ServedServices(plan, access, *std::move(methods)));
}

ServedServices::ServedServices(const plan::Plan& plan, const access::AccessControl& access,
                               MethodTable methods)
    : methods_(std::move(methods)),
      reflection_(plan.descriptors(), ListedServices(methods_)),
      access_(access),
      upstreams_(UpstreamsOf(plan)) {}

}  // namespace portico::server
