// What came of a call as the members of a CallToolResult: `content`, of a success
// `structuredContent`, and `isError`. One JSON object, compact, in UTF-8, without
// line feeds, the same in every revision: a modern response adds `resultType` and
// `_meta` by inserting before the last brace.
//
// Pure functions; any thread.
#ifndef PORTICO_GATEWAY_MCP_TOOL_RESULT_H_
#define PORTICO_GATEWAY_MCP_TOOL_RESULT_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "core/invoke/outcome.h"
#include "core/plan/plan.h"
#include "gateway/mcp/served_tool.h"

namespace portico::mcp {

// The answer of a unary call, or what went wrong with it. `structuredContent` is an
// object, as legacy clients demand: the upstream's, or {"result": ...} around what
// is none; `content` is one text of the same bytes. They are the upstream's own but for
// white space. Where an API without a typed service answers something else, a text is the
// `result`, and an image, a sound or other bytes are a second block of `content`, up to
// 3 MB. Where there is no body, `result` is null and `notice` gives the status.
//
// An answer over the tool's limit is cut as CutJson() does (json_text.h): it stays JSON
// of the same shape, the same in text and structure, and gets the members `truncated`
// (true) and `notice`, which says how to ask for less. An object that has such a member
// already is cut inside {"result": ...}.
//
// `upstream` is that of the tool's operation.
std::string ResultOf(const ServedTool& tool, const invoke::Outcome& outcome,
                     const plan::Upstream& upstream, absl::Time now);

// A failed call, also one that Portico refused (Invoker::Start): the status, the
// operation, the message, and what to do next.
std::string ErrorResult(const ServedTool& tool, const invoke::CallError& error);

// What PlaceArguments() found.
std::string ArgumentProblems(const ServedTool& tool, const std::vector<std::string>& problems);

// A call that rate_limiter.h holds back; `wait`: until one may go.
std::string TooOften(const ServedTool& tool, absl::Duration wait);

// Any other text as a result with isError. Bytes that are not UTF-8 are replaced.
std::string ProblemResult(absl::string_view text);

// `object`, a compact JSON object, as a success.
std::string ObjectResult(absl::string_view object);

}  // namespace portico::mcp

#endif  // PORTICO_GATEWAY_MCP_TOOL_RESULT_H_
