// OpenAPI 3.1 of exactly the routes of a Plan.
//
// Pure function; any thread. A few milliseconds for the built-in capabilities:
// made when first asked for (openapi_document.h), not at start.
#ifndef PORTICO_GATEWAY_OPENAPI_OPENAPI_WRITER_H_
#define PORTICO_GATEWAY_OPENAPI_OPENAPI_WRITER_H_

#include "core/plan/plan.h"
#include "gateway/openapi/code_samples.h"
#include "gateway/openapi/json.h"

namespace portico::openapi {

// Schemas are typed where the operation has a typed service; otherwise they say what
// the capability file does, and bodies are any JSON.
Json WriteOpenApi(const plan::Plan& plan, const Doors& doors = {});

}  // namespace portico::openapi

#endif  // PORTICO_GATEWAY_OPENAPI_OPENAPI_WRITER_H_
