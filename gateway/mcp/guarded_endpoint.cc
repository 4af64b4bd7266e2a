#include "gateway/mcp/guarded_endpoint.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "gateway/mcp/tool_instructions.h"

namespace portico::mcp {
namespace {

constexpr char kMore[] = "\nMore is served to callers that authenticate.";

// Those that are served at the endpoint of `space`.
template <typename Part>
std::vector<const Part*> PartsOf(const std::vector<Part>& all, const std::string& space) {
  std::vector<const Part*> parts;
  for (const Part& part : all) {
    const auto& spaces = part.spaces;
    if (space.empty() || std::find(spaces.begin(), spaces.end(), space) != spaces.end()) {
      parts.push_back(&part);
    }
  }
  return parts;
}

// Each access of what is served once, null for what is open.
std::vector<const plan::Access*> AccessesOf(const ToolSet& tools,
                                            const std::vector<const plan::Resource*>& resources,
                                            const std::vector<const plan::Prompt*>& prompts) {
  std::vector<const plan::Access*> accesses;
  const auto add = [&](const plan::Access* access) {
    if (std::find(accesses.begin(), accesses.end(), access) == accesses.end()) {
      accesses.push_back(access);
    }
  };
  for (const ServedTool& tool : tools.tools()) add(tool.tool->access);
  for (const plan::Resource* const resource : resources) add(resource->access);
  for (const plan::Prompt* const prompt : prompts) add(prompt->access);
  return accesses;
}

// What is closed to anybody may not be kept for everybody.
EndpointOptions Varying(EndpointOptions options, bool varies) {
  options.varies_by_caller = varies;
  return options;
}

}  // namespace

GuardedEndpoint::GuardedEndpoint(const plan::Plan& plan, const ToolSet& tools,
                                 const std::string& space, const access::AccessControl& access,
                                 const EndpointOptions& options, RateLimiter* limiter)
    : plan_(plan),
      tools_(tools),
      resources_(PartsOf(plan.resources(), space)),
      prompts_(PartsOf(plan.prompts(), space)),
      access_(access),
      accesses_(AccessesOf(tools, resources_, prompts_)),
      all_closed_(std::find(accesses_.begin(), accesses_.end(), nullptr) == accesses_.end()),
      options_(Varying(options, accesses_.size() > (all_closed_ ? 0 : 1))),
      limiter_(limiter),
      whole_(tools, {ResourceSet(resources_), PromptSet(prompts_)}, options_, limiter) {
  accesses_.erase(std::remove(accesses_.begin(), accesses_.end(), nullptr), accesses_.end());
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
    // What a caller can do something about comes first.
    if (refusal.has_value() &&
        (!view.refusal.has_value() || refusal->code == absl::StatusCode::kUnauthenticated)) {
      view.refusal = std::move(refusal);
    }
    absl::StrAppend(&view.challenge, i > 0 ? ", " : "", access_.Challenge(*accesses_[i]));
  }
  if (!some) {
    view.endpoint = nullptr;
    return view;
  }
  return {all ? &whole_ : &PartFor(rights), std::nullopt, ""};
}

ListKinds GuardedEndpoint::MayListOther(const GuardedEndpoint& other) const {
  const bool open = accesses_.empty() && other.accesses_.empty();
  return open ? whole_.OtherThan(other.whole_) : ListKinds::All();
}

bool GuardedEndpoint::MayUse(const plan::Access* access, const Rights& rights) const {
  if (access == nullptr) return true;
  const auto found = std::find(accesses_.begin(), accesses_.end(), access);
  return rights[static_cast<std::size_t>(found - accesses_.begin())];
}

Library GuardedEndpoint::LibraryFor(const Rights& rights) const {
  std::vector<const plan::Resource*> resources = resources_;
  std::vector<const plan::Prompt*> prompts = prompts_;
  const auto closed = [&](const auto* one) { return !MayUse(one->access, rights); };
  resources.erase(std::remove_if(resources.begin(), resources.end(), closed), resources.end());
  prompts.erase(std::remove_if(prompts.begin(), prompts.end(), closed), prompts.end());
  return {ResourceSet(resources), PromptSet(std::move(prompts))};
}

const Endpoint& GuardedEndpoint::PartFor(const Rights& rights) const {
  const std::lock_guard lock(mutex_);
  std::unique_ptr<const Part>& part = parts_[rights];
  if (part != nullptr) return part->endpoint;
  std::vector<ServedTool> usable;
  for (const ServedTool& tool : tools_.tools()) {
    if (MayUse(tool.tool->access, rights)) usable.push_back(tool);
  }
  std::string instructions = absl::StrCat(WriteInstructions(plan_, usable), kMore);
  if (instructions.size() > kMaxInstructions) instructions = WriteInstructions(plan_, usable);
  part = std::make_unique<const Part>(ToolSet(std::move(usable), std::move(instructions)),
                                      LibraryFor(rights), options_, limiter_);
  return part->endpoint;
}

}  // namespace portico::mcp
