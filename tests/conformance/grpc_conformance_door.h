// The gRPC door, as the conformance cases see it.
#ifndef PORTICO_TESTS_CONFORMANCE_GRPC_CONFORMANCE_DOOR_H_
#define PORTICO_TESTS_CONFORMANCE_GRPC_CONFORMANCE_DOOR_H_

#include <memory>
#include <string>

#include "core/plan/plan.h"
#include "tests/conformance/case.h"
#include "tests/fakes/grpc_caller.h"

namespace portico::conformance {

class GrpcConformanceDoor final : public Door {
 public:
  // `plan` tells which RPC serves an operation and, alone, what its messages are; it
  // must outlive the door. Of a synthesised RPC the answer's JSON is what it wraps.
  GrpcConformanceDoor(const plan::Plan& plan, const std::string& address)
      : plan_(plan), caller_(address, &plan.descriptors()) {}

  Result Call(const Case& request) override;

 private:
  Result CallUnary(const plan::Method& method, const std::string& wire);
  Result Follow(const plan::Method& method, const std::string& wire);

  const plan::Plan& plan_;
  fakes::GrpcCaller caller_;
};

}  // namespace portico::conformance

#endif  // PORTICO_TESTS_CONFORMANCE_GRPC_CONFORMANCE_DOOR_H_
