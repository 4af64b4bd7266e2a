// What an overlay says about the parameters of one operation: those that the operation
// has are changed, others added.
//
// Pure function; any thread.
#ifndef PORTICO_CORE_PLAN_PARAMETER_OVERLAY_H_
#define PORTICO_CORE_PLAN_PARAMETER_OVERLAY_H_

#include <string>

#include "core/overlay/overlay_log.h"
#include "core/plan/plan_draft.h"

namespace portico::plan {

// `written` stands under `key`. Those that are added follow in the order of the lines.
void OverlayParameters(const v1::OperationOverlay& written, const std::string& key,
                       overlay::OverlayLog* log, DraftOperation* drafted);

}  // namespace portico::plan

#endif  // PORTICO_CORE_PLAN_PARAMETER_OVERLAY_H_
