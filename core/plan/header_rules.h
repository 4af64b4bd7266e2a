// What may be sent as a request header, and which headers are Portico's alone.
//
// Pure functions; any thread.
#ifndef PORTICO_CORE_PLAN_HEADER_RULES_H_
#define PORTICO_CORE_PLAN_HEADER_RULES_H_

#include <string>

#include "absl/strings/string_view.h"

namespace portico::plan {

// A token (RFC 9110, 5.6.2).
bool IsHeaderName(absl::string_view name);

// No control characters but tab (RFC 9110, 5.5).
bool IsHeaderValue(absl::string_view value);

// Why a caller's header of this name is never sent on: it belongs to one
// connection (RFC 9110, 7.6.1), names the host, or frames or types the body.
// Empty for all others.
std::string ReasonNotToTake(absl::string_view name);

}  // namespace portico::plan

#endif  // PORTICO_CORE_PLAN_HEADER_RULES_H_
