// For tests: a Plan with the routes given, each its own operation of one API.
#ifndef PORTICO_GATEWAY_REST_PLAN_OF_ROUTES_H_
#define PORTICO_GATEWAY_REST_PLAN_OF_ROUTES_H_

#include <memory>
#include <string>
#include <vector>

#include "core/plan/plan.h"

namespace portico::rest {

// Of lines like "GET /v1/tasks/{id}": the upstream's path is the route's, and
// `inputs` (YAML, a flow sequence) are every operation's further inputs. Aborts with
// the findings when the file that this makes has errors.
std::shared_ptr<const plan::Plan> PlanOfRoutes(const std::vector<std::string>& routes,
                                               const std::string& inputs = "[]");

}  // namespace portico::rest

#endif  // PORTICO_GATEWAY_REST_PLAN_OF_ROUTES_H_
