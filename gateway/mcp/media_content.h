// An answer that is no JSON and no text, as content of a result: images and sounds as
// what they are, anything else as an embedded resource.
//
// Pure functions; any thread.
#ifndef PORTICO_GATEWAY_MCP_MEDIA_CONTENT_H_
#define PORTICO_GATEWAY_MCP_MEDIA_CONTENT_H_

#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"

namespace portico::mcp {

// Claude takes images of up to 5 MB in base64; a result is held in memory several times.
inline constexpr std::size_t kMaxMedia = 3 * 1024 * 1024;

// A Content-Type without its parameters, in lower case; "application/octet-stream" when
// it says nothing.
std::string MediaType(const std::string* content_type);

// Whether an answer of that type is to be read: text, and the formats written in it.
bool IsTextType(absl::string_view media_type);

// One content block. `source` names the resource: "<namespace>.<operation>".
std::string MediaBlock(absl::string_view media_type, absl::string_view bytes,
                       absl::string_view source);

}  // namespace portico::mcp

#endif  // PORTICO_GATEWAY_MCP_MEDIA_CONTENT_H_
