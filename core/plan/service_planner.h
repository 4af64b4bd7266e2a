// Which synthesised gRPC services there are, and which RPC of them calls what.
//
// Pure function; any thread.
#ifndef PORTICO_CORE_PLAN_SERVICE_PLANNER_H_
#define PORTICO_CORE_PLAN_SERVICE_PLANNER_H_

#include <vector>

#include "core/capability/finding.h"
#include "core/plan/plan_draft.h"
#include "core/synthesis/service.h"

namespace portico::plan {

struct PlannedService {
  synthesis::Service service;
  // Of each of its RPCs: what is sent in every call.
  std::vector<std::vector<Binding>> constants;
};

// An RPC for each procedure, and for each operation that a route or tool serves but no
// procedure and no hand-written service does: called as its tool (of several, the one
// whose name sorts first, so that order does not matter), else as itself. A file's
// entry of type grpc names the service of all of them, otherwise their namespace does.
// Warns of RPCs whose names collide. The draft must outlive the result.
std::vector<PlannedService> PlanServices(const PlanDraft& draft, capability::Findings* findings);

}  // namespace portico::plan

#endif  // PORTICO_CORE_PLAN_SERVICE_PLANNER_H_
