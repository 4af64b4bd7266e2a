// One MCP path as each of its callers may see it: what a caller has no credential for is
// not there. docs/adr/0036-callers-are-checked-per-route.md says why.
//
// Any thread. What it is made of must outlive it, but for the options.
#ifndef PORTICO_GATEWAY_MCP_GUARDED_ENDPOINT_H_
#define PORTICO_GATEWAY_MCP_GUARDED_ENDPOINT_H_

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/access/access_control.h"
#include "core/invoke/outcome.h"
#include "core/plan/plan.h"
#include "gateway/mcp/endpoint.h"
#include "gateway/mcp/list_kinds.h"
#include "gateway/mcp/rate_limiter.h"
#include "gateway/mcp/tool_catalog.h"

namespace portico::mcp {

class GuardedEndpoint {
 public:
  // Resources and prompts are those of `space`; all when it is empty.
  GuardedEndpoint(const plan::Plan& plan, const ToolSet& tools, const std::string& space,
                  const access::AccessControl& access, const EndpointOptions& options,
                  RateLimiter* limiter);

  // What a caller gets: an endpoint, or, where everything is closed to it, a refusal.
  struct View {
    const Endpoint* endpoint = nullptr;
    std::optional<invoke::CallError> refusal;
    std::string challenge;  // WWW-Authenticate
  };
  // Costs nothing where nothing is closed. Endpoints live as long as this object.
  View For(const access::Caller& caller) const;

  // The lists in which a caller may be shown something else than by `other`: where anything
  // is closed, nobody knows without asking the caller again.
  ListKinds MayListOther(const GuardedEndpoint& other) const;

  // Everything, for callers that need not show anything (stdio).
  const Endpoint& whole() const { return whole_; }

 private:
  // Which of `accesses_` let a caller in. Only who holds credentials makes new ones.
  using Rights = std::vector<bool>;
  struct Part {
    Part(ToolSet tools, Library library, const EndpointOptions& options, RateLimiter* limiter)
        : tools(std::move(tools)), endpoint(this->tools, std::move(library), options, limiter) {}
    const ToolSet tools;
    const Endpoint endpoint;
  };

  const Endpoint& PartFor(const Rights& rights) const;
  Library LibraryFor(const Rights& rights) const;
  bool MayUse(const plan::Access* access, const Rights& rights) const;

  const plan::Plan& plan_;
  const ToolSet& tools_;
  std::vector<const plan::Resource*> resources_;
  std::vector<const plan::Prompt*> prompts_;
  const access::AccessControl& access_;
  std::vector<const plan::Access*> accesses_;  // of all that is served, each once
  bool all_closed_;
  EndpointOptions options_;
  RateLimiter* const limiter_;
  const Endpoint whole_;
  mutable std::mutex mutex_;
  mutable std::map<Rights, std::unique_ptr<const Part>> parts_;  // guarded by mutex_
};

}  // namespace portico::mcp

#endif  // PORTICO_GATEWAY_MCP_GUARDED_ENDPOINT_H_
