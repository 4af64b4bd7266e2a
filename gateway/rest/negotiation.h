// What `Accept` asks for (RFC 9110, 12.5.1).
//
// Pure; any thread.
#ifndef PORTICO_GATEWAY_REST_NEGOTIATION_H_
#define PORTICO_GATEWAY_REST_NEGOTIATION_H_

#include <optional>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace portico::rest {

// The first of `offered` (lower case, without parameters) with the highest weight
// that `accept` gives to any of them: that of the most specific range that fits,
// where a range's `q` counts. Nullopt when it takes none. An empty `accept` takes
// the first.
std::optional<absl::string_view> Negotiate(absl::string_view accept,
                                           absl::Span<const absl::string_view> offered);

}  // namespace portico::rest

#endif  // PORTICO_GATEWAY_REST_NEGOTIATION_H_
