#include "gateway/rest/plan_of_routes.h"

#include <cstdlib>
#include <iostream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "core/capability/capability_parser.h"
#include "core/plan/plan_compiler.h"

namespace portico::rest {

std::shared_ptr<const plan::Plan> PlanOfRoutes(const std::vector<std::string>& routes,
                                               const std::string& inputs) {
  std::string consumed;
  std::string exposed;
  for (std::size_t i = 0; i < routes.size(); ++i) {
    const std::pair<std::string, std::string> parts = absl::StrSplit(routes[i], ' ');
    absl::StrAppend(&consumed, "    - {name: r", i, ", path: '", parts.second,
                    "', operations: [{name: op", i, ", method: ", parts.first,
                    ", inputParameters: ", inputs, "}]}\n");
    absl::StrAppend(&exposed, "    - {name: r", i, ", path: '", parts.second,
                    "', operations: [{name: op", i, ", method: ", parts.first, ", call: api.op", i,
                    "}]}\n");
  }
  capability::Findings findings;
  auto file = capability::ParseCapability(
      "routes.yaml",
      absl::StrCat("naftiko: 1.0.0-alpha2\ncapability:\n  consumes:\n  - type: http\n"
                   "    namespace: api\n    baseUri: http://api.example\n    resources:\n",
                   consumed,
                   "  exposes:\n  - type: rest\n    namespace: api-rest\n    resources:\n",
                   exposed),
      &findings);
  auto plan = file.has_value() ? plan::CompilePlan({*file}, {}, &findings) : nullptr;
  if (plan == nullptr) {
    for (const capability::Finding& finding : findings) std::cerr << finding.message << '\n';
    std::abort();
  }
  return plan;
}

}  // namespace portico::rest
