// The URL of a call: base URI, path and query (RFC 3986), with arguments and constants in
// their places.
//
// Pure function; any thread.
#ifndef PORTICO_CORE_INVOKE_REQUEST_URL_H_
#define PORTICO_CORE_INVOKE_REQUEST_URL_H_

#include <string>

#include "core/invoke/call.h"
#include "core/plan/plan.h"
#include "core/upstream/credential.h"

namespace portico::invoke {

// Of a call that call_check.h passed.
std::string UrlOf(const Call& call, const plan::Upstream& upstream,
                  const upstream::Credential& credential);

}  // namespace portico::invoke

#endif  // PORTICO_CORE_INVOKE_REQUEST_URL_H_
