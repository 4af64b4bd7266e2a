// The `parameters` and the `requestBody` of an OpenAPI operation.
//
// Pure functions but for the schemas that they add; any thread.
#ifndef PORTICO_GATEWAY_OPENAPI_PARAMETERS_H_
#define PORTICO_GATEWAY_OPENAPI_PARAMETERS_H_

#include <string>
#include <vector>

#include "core/plan/operation.h"
#include "gateway/openapi/face.h"
#include "gateway/openapi/json.h"
#include "gateway/openapi/schema_writer.h"

namespace portico::openapi {

// A parameter as the caller of a route meets it.
struct RouteParameter {
  std::string name;      // as the document calls it
  std::string location;  // "path", "query" or "header"
  bool required = false;
  // Null: a placeholder of the route that feeds nothing.
  const plan::Parameter* parameter = nullptr;
  Json example;  // null when there is none
};

// In the order of the path, then of the bindings. Parameters that OpenAPI has no
// place for (Accept, Content-Type and Authorization headers) are left out.
std::vector<RouteParameter> RouteParametersOf(const Face& face);

// The parameter objects; an array.
Json ParametersOf(const Face& face, SchemaWriter* schemas);

// Only where TakesBody(face).
Json RequestBodyOf(const Face& face, SchemaWriter* schemas);

}  // namespace portico::openapi

#endif  // PORTICO_GATEWAY_OPENAPI_PARAMETERS_H_
