// Binds the RPCs of hand-written services to the operations that they name, and
// holds service and file equal: names, verbs, paths, bodies, streams and hints.
//
// Pure function; any thread. The descriptors must outlive the draft's Plan.
#ifndef PORTICO_CORE_PLAN_METHOD_BINDER_H_
#define PORTICO_CORE_PLAN_METHOD_BINDER_H_

#include <vector>

#include "core/capability/finding.h"
#include "core/plan/plan_draft.h"

namespace google::protobuf {
class ServiceDescriptor;
}  // namespace google::protobuf

namespace portico::plan {

// Adds the methods of `services` to the draft, and to its operations what only
// the .proto knows: parameters, their array styles, a body. RPCs of namespaces
// that the draft does not have are left out. Operations, routes and hints must be
// compiled. Any difference is an error, placed in the .proto (line 0 where the
// descriptor has no source) or, for an operation without an RPC, in its file.
void BindMethods(const std::vector<const google::protobuf::ServiceDescriptor*>& services,
                 PlanDraft* draft, capability::Findings* findings);

}  // namespace portico::plan

#endif  // PORTICO_CORE_PLAN_METHOD_BINDER_H_
