#include "gateway/mcp/guarded_endpoint.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "gateway/mcp/tool_instructions.h"

namespace portico::mcp {
namespace {

constexpr char kMore[] = "\nMore is served to callers that authenticate.";

// Each access of the tools once, in their order.
std::vector<const plan::Access*> AccessesOf(const ToolSet& tools) {
  std::vector<const plan::Access*> accesses;
  for (const ServedTool& tool : tools.tools()) {
    const plan::Access* const access = tool.tool->access;
    if (access == nullptr) continue;
    if (std::find(accesses.begin(), accesses.end(), access) == accesses.end()) {
      accesses.push_back(access);
    }
  }
  return accesses;
}

// What is closed to anybody may not be kept for everybody.
EndpointOptions Varying(EndpointOptions options, bool varies) {
  options.varies_by_caller = varies;
  return options;
}

}  // namespace

GuardedEndpoint::GuardedEndpoint(const plan::Plan& plan, const ToolSet& tools,
                                 const access::AccessControl& access,
                                 const EndpointOptions& options, RateLimiter* limiter)
    : plan_(plan),
      tools_(tools),
      access_(access),
      accesses_(AccessesOf(tools)),
      options_(Varying(options, !accesses_.empty())),
      limiter_(limiter),
      whole_(tools, options_, limiter) {
  for (const ServedTool& tool : tools.tools()) all_closed_ &= tool.tool->access != nullptr;
}

GuardedEndpoint::View GuardedEndpoint::For(const access::Caller& caller) const {
  View view{&whole_, std::nullopt, ""};
  if (accesses_.empty()) return view;
  Rights rights(accesses_.size());
  bool some = !all_closed_, all = true;
  for (std::size_t i = 0; i < accesses_.size(); ++i) {
    auto refusal = access_.Refusal(*accesses_[i], caller);
    rights[i] = !refusal.has_value();
    some |= rights[i];
    all &= rights[i];
    if (!view.refusal.has_value()) view.refusal = std::move(refusal);
    absl::StrAppend(&view.challenge, i > 0 ? ", " : "", access_.Challenge(*accesses_[i]));
  }
  if (!some) {
    view.endpoint = nullptr;
    return view;
  }
  return {all ? &whole_ : &PartFor(rights), std::nullopt, ""};
}

bool GuardedEndpoint::MayUse(const ServedTool& tool, const Rights& rights) const {
  if (tool.tool->access == nullptr) return true;
  const auto found = std::find(accesses_.begin(), accesses_.end(), tool.tool->access);
  return rights[static_cast<std::size_t>(found - accesses_.begin())];
}

const Endpoint& GuardedEndpoint::PartFor(const Rights& rights) const {
  const std::lock_guard lock(mutex_);
  std::unique_ptr<const Part>& part = parts_[rights];
  if (part != nullptr) return part->endpoint;
  std::vector<ServedTool> usable;
  for (const ServedTool& tool : tools_.tools()) {
    if (MayUse(tool, rights)) usable.push_back(tool);
  }
  std::string instructions = absl::StrCat(WriteInstructions(plan_, usable), kMore);
  if (instructions.size() > kMaxInstructions) instructions = WriteInstructions(plan_, usable);
  part = std::make_unique<const Part>(ToolSet(std::move(usable), std::move(instructions)), options_,
                                      limiter_);
  return part->endpoint;
}

}  // namespace portico::mcp
