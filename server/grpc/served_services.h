// What the gRPC door serves of one Plan: its methods, and the answers to reflection.
//
// Immutable; any thread. The Plan must outlive it.
#ifndef PORTICO_SERVER_GRPC_SERVED_SERVICES_H_
#define PORTICO_SERVER_GRPC_SERVED_SERVICES_H_

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "core/plan/plan.h"
#include "server/grpc/method_table.h"
#include "server/grpc/reflection_answers.h"

namespace portico::server {

class ServedServices {
 public:
  // Errors as MethodTable::Compile.
  static absl::StatusOr<std::unique_ptr<const ServedServices>> Make(const plan::Plan& plan);

  const MethodTable& methods() const { return methods_; }
  const ReflectionAnswers& reflection() const { return reflection_; }

  // Full names of those whose operations live on Plan::upstreams()[upstream].
  const std::set<std::string>& OnUpstream(std::size_t upstream) const {
    return by_upstream_[upstream];
  }
  std::size_t upstreams() const { return by_upstream_.size(); }

 private:
  ServedServices(const plan::Plan& plan, MethodTable methods);

  const MethodTable methods_;
  const ReflectionAnswers reflection_;
  std::vector<std::set<std::string>> by_upstream_;
};

}  // namespace portico::server

#endif  // PORTICO_SERVER_GRPC_SERVED_SERVICES_H_
