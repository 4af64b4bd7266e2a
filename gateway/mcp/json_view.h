// Looks into a JSON text without making a tree of it: what is passed on, such as a
// request's id or a tool's arguments, stays the bytes that came.
//
// Pure functions; any thread. Every text given must be valid JSON (FindJsonSyntaxError
// in core/codec/json_syntax.h), but for that of Quoted. Nothing recurses.
#ifndef PORTICO_GATEWAY_MCP_JSON_VIEW_H_
#define PORTICO_GATEWAY_MCP_JSON_VIEW_H_

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"

namespace portico::mcp {

// By the first character of the value's text.
inline bool IsObject(absl::string_view value) { return !value.empty() && value[0] == '{'; }
inline bool IsArray(absl::string_view value) { return !value.empty() && value[0] == '['; }
inline bool IsString(absl::string_view value) { return !value.empty() && value[0] == '"'; }

// A number without fraction or exponent, of any size.
bool IsInteger(absl::string_view value);

// The text of a member's value, without white space around it; empty when `object` has
// none of that name, or is no object. Of several the last one counts, as in JavaScript.
absl::string_view Member(absl::string_view object, absl::string_view name);

// Calls `visit` for each element of `array`, in order.
void ForEachElement(absl::string_view array, absl::FunctionRef<void(absl::string_view)> visit);

// The text that a JSON string stands for; nullopt for any other value, and for a
// string that UTF-8 cannot hold (a lone surrogate).
std::optional<std::string> StringOf(absl::string_view value);

// How deep arrays and objects nest: 0 for a scalar.
std::size_t DepthOf(absl::string_view value);

// `text` as a JSON string. Bytes that are not UTF-8 become U+FFFD.
std::string Quoted(absl::string_view text);

}  // namespace portico::mcp

#endif  // PORTICO_GATEWAY_MCP_JSON_VIEW_H_
