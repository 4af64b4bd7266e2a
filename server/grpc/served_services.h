// What the gRPC door serves of one Plan: its methods, who may call them, and the answers
// to reflection.
//
// Immutable; any thread. What it is made of must outlive it.
#ifndef PORTICO_SERVER_GRPC_SERVED_SERVICES_H_
#define PORTICO_SERVER_GRPC_SERVED_SERVICES_H_

#include <memory>

#include "absl/status/statusor.h"
#include "core/access/access_control.h"
#include "core/plan/plan.h"
#include "server/grpc/method_table.h"
#include "server/grpc/reflection_answers.h"
#include "server/grpc/service_health.h"

namespace portico::server {

class ServedServices {
 public:
  // Errors as MethodTable::Compile.
  static absl::StatusOr<std::unique_ptr<const ServedServices>> Make(
      const plan::Plan& plan, const access::AccessControl& access);

  const MethodTable& methods() const { return methods_; }
  const ReflectionAnswers& reflection() const { return reflection_; }

  const access::AccessControl& access() const { return access_; }
  const ServiceUpstreams& upstreams() const { return upstreams_; }

 private:
  ServedServices(const plan::Plan& plan, const access::AccessControl& access, MethodTable methods);

  const MethodTable methods_;
  const ReflectionAnswers reflection_;
  const access::AccessControl& access_;
  const ServiceUpstreams upstreams_;
};

}  // namespace portico::server

#endif  // PORTICO_SERVER_GRPC_SERVED_SERVICES_H_
