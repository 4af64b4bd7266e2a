// Percent-encoding of URL parts (RFC 3986, 2.1). Bytes are bytes: nothing here
// looks at UTF-8.
//
// Pure functions; any thread.
#ifndef PORTICO_CORE_PLAN_PERCENT_ENCODING_H_
#define PORTICO_CORE_PLAN_PERCENT_ENCODING_H_

#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"

namespace portico::plan {

// Letters, digits, "-", ".", "_" and "~" (RFC 3986, 2.3).
bool IsUnreserved(char c);

// Whether two hex digits follow the "%" at `at`.
bool IsEscape(absl::string_view text, std::size_t at);

// Appends `text` with everything but the unreserved characters escaped, "/" too.
void AppendEncoded(absl::string_view text, std::string* out);

// Appends `text` with its escapes undone. False at an incomplete one.
bool AppendDecoded(absl::string_view text, std::string* out);

}  // namespace portico::plan

#endif  // PORTICO_CORE_PLAN_PERCENT_ENCODING_H_
