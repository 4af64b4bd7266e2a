// The MCP way into a running Portico: each case as the tools/call of its tool, at the
// endpoint of its API.
#ifndef PORTICO_TESTS_CONFORMANCE_MCP_CONFORMANCE_DOOR_H_
#define PORTICO_TESTS_CONFORMANCE_MCP_CONFORMANCE_DOOR_H_

#include <string>

#include "core/plan/plan.h"
#include "tests/conformance/case.h"

namespace portico::conformance {

class McpConformanceDoor final : public Door {
 public:
  // `plan` must outlive it; `address` is the listener's.
  McpConformanceDoor(const plan::Plan& plan, std::string address)
      : plan_(plan), address_(std::move(address)) {}

  // A failure's `code` is "ERROR" and its `reason` the text: a tool's result has
  // neither status nor reason, only words for the model.
  Result Call(const Case& request) override;

 private:
  const plan::Plan& plan_;
  const std::string address_;
};

}  // namespace portico::conformance

#endif  // PORTICO_TESTS_CONFORMANCE_MCP_CONFORMANCE_DOOR_H_
