// Texts that a model reads. Claude Code cuts descriptions at 2,048 characters without a
// word (measured, 2026); ours stay under 1,000 bytes and end with a sentence.
//
// Pure functions; any thread.
#ifndef PORTICO_GATEWAY_MCP_DESCRIPTION_H_
#define PORTICO_GATEWAY_MCP_DESCRIPTION_H_

#include <cstddef>
#include <map>
#include <string>

#include "absl/strings/string_view.h"

namespace portico::mcp {

inline constexpr std::size_t kMaxDescription = 1000;

// `text` without the paragraphs that only tell where our .proto files come from, and
// without what is over `limit` bytes: whole sentences if possible.
std::string Description(absl::string_view text, std::size_t limit = kMaxDescription);

// `text` with other words where it has those of gRPC: whole words (letters, digits and
// '_') that are keys of `words`.
std::string WithWords(absl::string_view text, const std::map<std::string, std::string>& words);

// `text` with a full stop, unless it ends in one or is empty.
std::string Sentence(absl::string_view text);

}  // namespace portico::mcp

#endif  // PORTICO_GATEWAY_MCP_DESCRIPTION_H_
