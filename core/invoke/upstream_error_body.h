// What an upstream says in the body of an error response. Pure.
#ifndef PORTICO_CORE_INVOKE_UPSTREAM_ERROR_BODY_H_
#define PORTICO_CORE_INVOKE_UPSTREAM_ERROR_BODY_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "core/invoke/outcome.h"

namespace portico::invoke {

struct UpstreamErrorBody {
  std::string message;  // empty when the body says nothing legible
  std::vector<FieldViolation> violations;
};

// Reads the error shapes of the built-in APIs and the common ones: Backstage
// `{error: {name, message}}` and `{errors: [{path, message}]}`, Render
// `{id, message}`, Northflank `{error: {message, details}}`, RFC 9457
// `{title, detail, errors}`, and `{field: ["message"]}`. Anything else that is
// text becomes the message as it is. The message is at most 1 KB, cut on a
// UTF-8 boundary; bytes that are not UTF-8 are replaced.
UpstreamErrorBody ReadErrorBody(absl::string_view body, absl::string_view content_type);

// The longest prefix of at most `limit` bytes that is whole UTF-8 characters.
absl::string_view Utf8Prefix(absl::string_view text, std::size_t limit);

}  // namespace portico::invoke

#endif  // PORTICO_CORE_INVOKE_UPSTREAM_ERROR_BODY_H_
