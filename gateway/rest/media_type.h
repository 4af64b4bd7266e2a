// What `Accept` and `Content-Type` say (RFC 9110, 8.3 and 12.5.1).
//
// Pure; any thread.
#ifndef PORTICO_GATEWAY_REST_MEDIA_TYPE_H_
#define PORTICO_GATEWAY_REST_MEDIA_TYPE_H_

#include <optional>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace portico::rest {

// "application/json", or what a suffix makes JSON ("application/merge-patch+json");
// parameters and case do not matter.
bool IsJson(absl::string_view content_type);

// Whether it is `type` (without parameters), whatever its case and parameters.
bool IsOfType(absl::string_view content_type, absl::string_view type);

bool IsEventStream(absl::string_view content_type);

// The first of `offered` (lower case, without parameters) with the highest weight
// that `accept` gives to any of them: that of the most specific range that fits,
// where a range's `q` counts. Nullopt when it takes none. An empty `accept` takes
// the first.
std::optional<absl::string_view> Negotiate(absl::string_view accept,
                                           absl::Span<const absl::string_view> offered);

}  // namespace portico::rest

#endif  // PORTICO_GATEWAY_REST_MEDIA_TYPE_H_
