// The REST way into a running Portico: each case as the HTTP request that its
// route asks for.
#ifndef PORTICO_TESTS_CONFORMANCE_REST_CONFORMANCE_DOOR_H_
#define PORTICO_TESTS_CONFORMANCE_REST_CONFORMANCE_DOOR_H_

#include <string>

#include "core/plan/plan.h"
#include "tests/conformance/case.h"
#include "tests/fakes/http_caller.h"

namespace portico::conformance {

class RestConformanceDoor final : public Door {
 public:
  // `plan` must outlive it; `address` is the listener's.
  RestConformanceDoor(const plan::Plan& plan, std::string address)
      : plan_(plan), address_(std::move(address)) {}

  Result Call(const Case& request) override;

  // The response to the last Call, as it came.
  const fakes::HttpCaller::Response& response() const { return response_; }

 private:
  const plan::Plan& plan_;
  const std::string address_;
  fakes::HttpCaller::Response response_;
};

}  // namespace portico::conformance

#endif  // PORTICO_TESTS_CONFORMANCE_REST_CONFORMANCE_DOOR_H_
