// JSON as text: what passes through is spliced, never parsed into numbers and back.
//
// Pure functions; any thread. "Compact" is JSON without white space between tokens.
#ifndef PORTICO_GATEWAY_MCP_JSON_TEXT_H_
#define PORTICO_GATEWAY_MCP_JSON_TEXT_H_

#include <cstddef>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace portico::mcp {

// `text` as a JSON string. Bytes that are not UTF-8 become U+FFFD.
std::string QuotedJson(absl::string_view text);
// The same in at most `limit` bytes, of the text's beginning when it is too long.
std::string QuotedJson(absl::string_view text, std::size_t limit);

// `text` without white space between its tokens, which keep their spelling. Nullopt
// when it is not one JSON value (RFC 8259 in UTF-8).
std::optional<std::string> CompactJson(absl::string_view text);

// Whether the compact object has a member of that name; escapes in names are not undone.
bool HasMember(absl::string_view object, absl::string_view name);

// A compact object in at most `limit` bytes (2 or more): itself, or its beginning. What
// does not fit is left out from the end: whole elements and members of the outermost
// container that still fills half of the limit, and of a text that is longer than that
// all but its beginning, with "…" behind it, cut between characters.
std::string CutJson(absl::string_view object, std::size_t limit);

}  // namespace portico::mcp

#endif  // PORTICO_GATEWAY_MCP_JSON_TEXT_H_
