// One route and everything else that is known of the operation behind it: what
// the writers of an OpenAPI document work on.
//
// Plain data; lives no longer than the Plan.
#ifndef PORTICO_GATEWAY_OPENAPI_FACE_H_
#define PORTICO_GATEWAY_OPENAPI_FACE_H_

#include <string>
#include <vector>

#include "core/plan/plan.h"
#include "gateway/openapi/json.h"

namespace portico::openapi {

struct Face {
  const plan::Route* route = nullptr;
  const plan::Operation* operation = nullptr;
  const plan::Method* method = nullptr;  // null: the operation has no typed service
  const plan::Tool* tool = nullptr;      // null: it has no tool
  // What the document calls the placeholders of the route's path, in their order.
  std::vector<std::string> placeholders;
  std::string id;  // unique in the document: "scaffolder-tasks.gettask"
  // Recorded values (examples.h): `parameters` by name, `request`, `response`, `events`.
  Json example = Json::object();
};

// The faces of a plan's routes, in their order. Routes that differ only in the names
// of their placeholders share those of the first: OpenAPI takes them for one path.
std::vector<Face> FacesOf(const plan::Plan& plan);

// The route's path with the document's placeholders: "/v1/v2/tasks/{taskid}".
std::string PathOf(const Face& face);

// The field of the RPC's request that travels as `parameter`; null when there is none.
const google::protobuf::FieldDescriptor* FieldOf(const Face& face,
                                                 const plan::Parameter& parameter);

// Whether the route takes a body.
bool TakesBody(const Face& face);

}  // namespace portico::openapi

#endif  // PORTICO_GATEWAY_OPENAPI_FACE_H_
