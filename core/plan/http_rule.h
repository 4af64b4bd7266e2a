// What google.api.http says of an RPC, and whether it says the same as the
// operation's routes.
//
// Pure functions; any thread.
#ifndef PORTICO_CORE_PLAN_HTTP_RULE_H_
#define PORTICO_CORE_PLAN_HTTP_RULE_H_

#include <optional>
#include <string>
#include <vector>

#include "core/plan/operation.h"

namespace google::protobuf {
class MethodDescriptor;
}  // namespace google::protobuf

namespace portico::plan {

struct HttpRule {
  struct Face {
    std::string http_method;  // upper case
    std::string path;         // as written, placeholders naming request fields
  };
  std::vector<Face> faces;  // the rule's own, then its additional_bindings
  std::string body;
  std::string response_body;
};

std::optional<HttpRule> HttpRuleOf(const google::protobuf::MethodDescriptor& method);

// Empty when each face of the rule is one of `routes` (placeholders may be spelled
// otherwise) or there are no routes; else the difference.
std::string CompareWithRoutes(const std::optional<HttpRule>& rule,
                              const google::protobuf::MethodDescriptor& method,
                              const std::vector<const Route*>& routes);

}  // namespace portico::plan

#endif  // PORTICO_CORE_PLAN_HTTP_RULE_H_
