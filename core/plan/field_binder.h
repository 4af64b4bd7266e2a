// Which fields of a request message travel as parameters, and which in the body.
//
// Pure function; any thread.
#ifndef PORTICO_CORE_PLAN_FIELD_BINDER_H_
#define PORTICO_CORE_PLAN_FIELD_BINDER_H_

#include <vector>

#include "core/plan/operation.h"
#include "core/plan/service_log.h"

namespace google::protobuf {
class MethodDescriptor;
}  // namespace google::protobuf

namespace portico::plan {

// A field is the parameter of its wire name: its (portico.v1.parameter).name or
// json_name; for a placeholder of the path any spelling of it. With a body
// (`rest_is_body`) all other fields are members of it, unless they bear the
// option; without one they become query parameters of `operation`, kVendor.
// Fields in the order of the message.
//
// Errors: a parameter that is a message, bytes or map; a list where the file has
// one value or the other way round; `unmodeled_json` without a body; a required
// parameter that no field gives.
std::vector<FieldBinding> BindFields(const google::protobuf::MethodDescriptor& method,
                                     bool rest_is_body, Operation* operation, ServiceLog* log);

}  // namespace portico::plan

#endif  // PORTICO_CORE_PLAN_FIELD_BINDER_H_
