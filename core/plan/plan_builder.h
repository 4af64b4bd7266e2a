// Freezes a PlanDraft.
#ifndef PORTICO_CORE_PLAN_PLAN_BUILDER_H_
#define PORTICO_CORE_PLAN_PLAN_BUILDER_H_

#include <memory>

#include "core/plan/plan.h"
#include "core/plan/plan_draft.h"

namespace portico::plan {

class PlanBuilder {
 public:
  // Of two methods of one path the first is found.
  static std::shared_ptr<const Plan> Build(PlanDraft draft);
};

}  // namespace portico::plan

#endif  // PORTICO_CORE_PLAN_PLAN_BUILDER_H_
