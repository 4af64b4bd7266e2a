// What one MCP path serves: its tools, resources and prompts, and the answers to every method that
// needs no upstream. Knows no transport.
//
// Immutable but for what the limiter counts; any thread. The ToolSet and the limiter
// must outlive it.
#ifndef PORTICO_GATEWAY_MCP_ENDPOINT_H_
#define PORTICO_GATEWAY_MCP_ENDPOINT_H_

#include <cstddef>
#include <memory>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "gateway/mcp/counted_caller.h"
#include "gateway/mcp/era.h"
#include "gateway/mcp/json_rpc.h"
#include "gateway/mcp/list_kinds.h"
#include "gateway/mcp/list_pages.h"
#include "gateway/mcp/prompt_set.h"
#include "gateway/mcp/rate_limiter.h"
#include "gateway/mcp/resource_set.h"
#include "gateway/mcp/tool_catalog.h"

namespace portico::mcp {

struct EndpointOptions {
  std::size_t page_size = 100;  // tools on one page of tools/list
  // Whether a legacy client can be told that the list has changed: over stdio alone,
  // since without sessions HTTP has no stream to tell it on.
  bool tells_legacy = false;
  absl::Duration ttl = absl::Minutes(5);  // how long a modern client may keep the list
  // Of one tool by one caller; 0: no limit (rate_limiter.h).
  std::size_t calls_per_second = 100;
  // Another caller may be shown something else (guarded_endpoint.h).
  bool varies_by_caller = false;
};

// What to do with one request. Not copied: `result` may view its own text.
struct Answer {
  enum class Kind { kResult, kError, kCall, kListen };
  Kind kind = Kind::kError;
  absl::string_view result;  // kResult: JSON, in `made` or the Endpoint
  std::unique_ptr<const std::string> made;
  RpcError error;                    // kError
  int status = 200;                  // of HTTP, kError
  const ServedTool* tool = nullptr;  // kCall
  absl::string_view arguments;       // kCall: JSON text in the request or `made`; empty: none
  std::string uri;                   // kCall of a resource: which is read
};

// What an endpoint serves besides tools.
struct Library {
  ResourceSet resources;
  PromptSet prompts;
};

class Endpoint {
 public:
  Endpoint(const ToolSet& tools, Library library, const EndpointOptions& options,
           RateLimiter* limiter);

  // `request` has passed protocol_check.h. A call that comes too often of `caller` is answered by
  // a result that says when to try again.
  Answer Handle(const Message& request, Era era, const CountedCaller& caller) const;

  const ToolSet& tools() const { return tools_; }
  // The lists that are not those of `other`.
  ListKinds OtherThan(const Endpoint& other) const;

 private:
  Answer Initialize(const Message& request) const;
  std::optional<Answer> Read(const Message& request, Era era, const CountedCaller& caller) const;
  Answer ReadResource(const Message& request, Era era, const CountedCaller& caller) const;
  Answer GetPrompt(const Message& request, Era era) const;
  Answer CallTool(const Message& request, Era era, const CountedCaller& caller) const;

  const ToolSet& tools_;
  const Library library_;
  const EndpointOptions options_;
  RateLimiter* const limiter_;
  const ListPages pages_;
  const ListPages resource_pages_;
  const ListPages template_pages_;
  const ListPages prompt_pages_;
  const std::string discovered_;
  const std::string instructions_;  // as a JSON string
};

// `result`, a JSON object, as that of a modern response: with `resultType` and the
// server's name (2026-07-28, schema, "Result").
std::string ModernResult(absl::string_view result);

// A JSON object: the server's name and version ("Implementation" of the schema).
absl::string_view ServerInfo();

}  // namespace portico::mcp

#endif  // PORTICO_GATEWAY_MCP_ENDPOINT_H_
