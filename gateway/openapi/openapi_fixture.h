// Documents of capability texts for tests.
#ifndef PORTICO_GATEWAY_OPENAPI_OPENAPI_FIXTURE_H_
#define PORTICO_GATEWAY_OPENAPI_OPENAPI_FIXTURE_H_

#include <memory>
#include <string>

#include "core/plan/plan.h"
#include "gateway/openapi/json.h"

namespace portico::openapi {

// The built-in capabilities with their typed services.
std::shared_ptr<const plan::Plan> BuiltInPlan();
const Json& BuiltInDocument();

// Of one capability without typed services.
Json DocumentOf(const std::string& text);

}  // namespace portico::openapi

#endif  // PORTICO_GATEWAY_OPENAPI_OPENAPI_FIXTURE_H_
