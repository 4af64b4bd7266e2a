// Puts a call's arguments into path, query, headers and body. Pure.
#ifndef PORTICO_CORE_INVOKE_REQUEST_BUILDER_H_
#define PORTICO_CORE_INVOKE_REQUEST_BUILDER_H_

#include <vector>

#include "core/invoke/call.h"
#include "core/invoke/outcome.h"
#include "core/plan/plan.h"
#include "core/upstream/credential.h"
#include "core/upstream/upstream_client.h"

namespace portico::invoke {

// Everything that makes the arguments impossible to send: a required parameter
// without a value, an empty or dotted path segment, CR, LF or NUL in a value.
// Empty when the call can be built.
std::vector<FieldViolation> CheckArguments(const Call& call);

// The HTTP request of a call that CheckArguments passed. Deadline and limits are
// the Invoker's.
upstream::UpstreamRequest BuildRequest(Call call, const plan::Upstream& upstream,
                                       const upstream::Credential& credential);

}  // namespace portico::invoke

#endif  // PORTICO_CORE_INVOKE_REQUEST_BUILDER_H_
