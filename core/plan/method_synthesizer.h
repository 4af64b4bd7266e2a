// gRPC services for the APIs that no hand-written service binds: one for each, with
// an RPC for every operation that a door of the files serves.
//
// Pure function; any thread.
#ifndef PORTICO_CORE_PLAN_METHOD_SYNTHESIZER_H_
#define PORTICO_CORE_PLAN_METHOD_SYNTHESIZER_H_

#include "core/capability/finding.h"
#include "core/plan/plan_draft.h"

namespace portico::plan {

// Adds methods and their descriptors to the draft, whose operations, routes, tools,
// procedures and hand-written methods must be there; service_planner.h says which.
// Findings are placed at the operation: an error where Protobuf does not take what came
// out, a warning where two inputs of an operation would have one field number.
void SynthesizeMethods(PlanDraft* draft, capability::Findings* findings);

}  // namespace portico::plan

#endif  // PORTICO_CORE_PLAN_METHOD_SYNTHESIZER_H_
