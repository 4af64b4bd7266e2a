// `authentication` of an overlay: how Portico proves itself, in place of what the
// capability file says.
//
// Pure function; any thread.
#ifndef PORTICO_CORE_PLAN_AUTHENTICATION_OVERLAY_H_
#define PORTICO_CORE_PLAN_AUTHENTICATION_OVERLAY_H_

#include <string>

#include "core/overlay/overlay_log.h"
#include "core/plan/plan.h"

namespace portico::plan {

// Replaces the upstream's proofs by those of `written` (not empty), which stand under
// `key`. Errors: a kind that lacks what it needs or has it twice, two proofs that send
// the same header or query parameter, `none` beside others.
void OverlayAuthentication(const v1::UpstreamOverlay& written, const std::string& key,
                           overlay::OverlayLog* log, Upstream* upstream);

}  // namespace portico::plan

#endif  // PORTICO_CORE_PLAN_AUTHENTICATION_OVERLAY_H_
