// What an overlay says about an API as a whole, applied to its Upstream: headers,
// authentication, time-outs, TLS. The base URI is resolved earlier (overlay_compiler.h).
//
// Pure function; any thread.
#ifndef PORTICO_CORE_PLAN_UPSTREAM_OVERLAY_H_
#define PORTICO_CORE_PLAN_UPSTREAM_OVERLAY_H_

#include <string>

#include "core/overlay/overlay_log.h"
#include "core/plan/plan.h"

namespace portico::plan {

// `written` stands under `key`.
void OverlayUpstream(const v1::UpstreamOverlay& written, const std::string& key,
                     overlay::OverlayLog* log, Upstream* upstream);

// What is given replaces what was there.
void OverlayTimeouts(const v1::TimeoutsOverlay& written, Timeouts* timeouts);

}  // namespace portico::plan

#endif  // PORTICO_CORE_PLAN_UPSTREAM_OVERLAY_H_
