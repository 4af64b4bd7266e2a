// Puts a call's arguments into path, query, headers and body. Pure.
#ifndef PORTICO_CORE_INVOKE_REQUEST_BUILDER_H_
#define PORTICO_CORE_INVOKE_REQUEST_BUILDER_H_

#include "core/invoke/call.h"
#include "core/plan/plan.h"
#include "core/upstream/credential.h"
#include "core/upstream/upstream_client.h"

namespace portico::invoke {

// The HTTP request of a call that call_check.h passed. Deadline and limits are the Invoker's.
upstream::UpstreamRequest BuildRequest(Call call, const plan::Upstream& upstream,
                                       const upstream::Credential& credential);

}  // namespace portico::invoke

#endif  // PORTICO_CORE_INVOKE_REQUEST_BUILDER_H_
