// Is this text JSON? RFC 8259 in UTF-8, strictly, at any depth, without recursion.
//
// Pure; any thread.
#ifndef PORTICO_CORE_CODEC_JSON_SYNTAX_H_
#define PORTICO_CORE_CODEC_JSON_SYNTAX_H_

#include <cstddef>
#include <optional>

#include "absl/strings/string_view.h"

namespace portico::codec {

struct JsonSyntaxError {
  std::size_t offset;  // in bytes; of the first byte that cannot stand there
  const char* what;    // e.g. "',' or '}' expected"
};

// Nothing when `text` is exactly one JSON value, white space around it allowed.
std::optional<JsonSyntaxError> FindJsonSyntaxError(absl::string_view text);

// `text` without JSON white space at both ends.
absl::string_view TrimJsonSpace(absl::string_view text);

}  // namespace portico::codec

#endif  // PORTICO_CORE_CODEC_JSON_SYNTAX_H_
