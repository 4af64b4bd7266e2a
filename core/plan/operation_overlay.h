// What an overlay says about the operations of an API, applied to those of the draft.
//
// Pure function; any thread.
#ifndef PORTICO_CORE_PLAN_OPERATION_OVERLAY_H_
#define PORTICO_CORE_PLAN_OPERATION_OVERLAY_H_

#include <cstddef>
#include <string>

#include "core/overlay/overlay_log.h"
#include "core/plan/plan_draft.h"

namespace portico::plan {

// `written` stands under `key` and is about draft->upstreams[upstream]. Errors: an
// operation or, without `in`, a parameter that the API has not; a path that cannot be
// called; an HTTP method that is not served.
void OverlayOperations(const v1::UpstreamOverlay& written, const std::string& key,
                       std::size_t upstream, overlay::OverlayLog* log, PlanDraft* draft);

}  // namespace portico::plan

#endif  // PORTICO_CORE_PLAN_OPERATION_OVERLAY_H_
