#include "gateway/mcp/tool_catalog.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <numeric>
#include <utility>

#include "absl/strings/str_cat.h"
#include "gateway/mcp/description.h"
#include "gateway/mcp/input_schema_builder.h"
#include "gateway/mcp/tool_instructions.h"
#include "gateway/mcp/tool_name.h"
#include "gateway/mcp/tool_writer.h"

namespace portico::mcp {
namespace {

constexpr std::size_t kMaxTitle = 100;
constexpr std::size_t kMinText = 1000;  // room for notices

// Makes the tools of endpoints out of those of the Plan.
class Compilation {
 public:
  Compilation(const plan::Plan& plan, const ToolOptions& options) : plan_(plan), options_(options) {
    for (const plan::Tool& tool : plan.tools()) ++titles_[TitleOf(tool)];
    for (const plan::Method& method : plan.methods()) {
      if (!method.synthesised) typed_.emplace(method.operation, &method);
    }
  }

  // The endpoint of all tools.
  std::unique_ptr<const ToolSet> Whole() const {
    std::vector<std::size_t> indexes(plan_.tools().size());
    std::iota(indexes.begin(), indexes.end(), 0u);
    return Endpoint(indexes, nullptr);
  }

  // Of those of each API; what they have in common with `whole` is made once.
  std::map<std::string, std::unique_ptr<const ToolSet>, std::less<>> Parts(
      const ToolSet& whole) const {
    std::map<std::string, std::vector<std::size_t>> indexes;
    for (std::size_t i = 0; i < plan_.tools().size(); ++i) {
      const plan::Operation& operation = *plan_.tools()[i].operation;
      if (operation.upstream == plan::kNoUpstream) continue;  // of several APIs, or none
      indexes[plan_.UpstreamOf(operation).space].push_back(i);
    }
    std::map<std::string, std::unique_ptr<const ToolSet>, std::less<>> parts;
    for (const auto& [space, its] : indexes) parts.emplace(space, Endpoint(its, &whole));
    return parts;
  }

 private:
  // Of the Plan's tools with these indexes.
  std::unique_ptr<const ToolSet> Endpoint(const std::vector<std::size_t>& indexes,
                                          const ToolSet* whole) const {
    std::vector<NamedTool> written;
    for (const std::size_t index : indexes) {
      const plan::Tool& tool = plan_.tools()[index];
      written.push_back({tool.operation->space, tool.name});
    }
    const std::vector<std::string> names = ToolNames(written);
    std::vector<ServedTool> served;
    for (std::size_t i = 0; i < indexes.size(); ++i) {
      const ServedTool* const made = whole == nullptr ? nullptr : &whole->tools()[indexes[i]];
      const bool same = made != nullptr && made->name == names[i] && !made->typed;
      served.push_back(same ? *made : Serve(plan_.tools()[indexes[i]], names[i]));
    }
    for (ServedTool& tool : served) {
      if (tool.typed) tool.json = WithWords(tool.json, WordsFor(tool, served));
    }
    std::string instructions = WriteInstructions(plan_, served);
    return std::make_unique<const ToolSet>(std::move(served), std::move(instructions));
  }

  // The hand-written one, or null.
  const plan::Method* MethodOf(const plan::Operation* operation) const {
    const auto found = typed_.find(operation);
    return found == typed_.end() ? nullptr : found->second;
  }

  // Our .proto comments speak of RPCs and their codes: what a caller of `tool` knows them as.
  std::map<std::string, std::string> WordsFor(const ServedTool& tool,
                                              const std::vector<ServedTool>& all) const {
    std::map<std::string, std::string> words = {{"NOT_FOUND", "HTTP 404"}};
    for (const ServedTool& other : all) {
      const plan::Method* method = MethodOf(other.tool->operation);
      if (method == nullptr || other.operation().space != tool.operation().space) continue;
      words[method->descriptor->name()] = other.name;
    }
    return words;
  }

  static std::string TitleOf(const plan::Tool& tool) {
    const std::string title = Description(tool.description, kMaxTitle);
    return title.empty() ? tool.name : title;
  }

  ServedTool Serve(const plan::Tool& tool, const std::string& name) const {
    const plan::Method* method = MethodOf(tool.operation);
    ServedTool served;
    served.name = name;
    served.title = TitleOf(tool);
    // "List tasks" of two APIs would look the same to the person who is asked.
    const std::string& label = plan_.UpstreamOf(*tool.operation).label;
    if (titles_.at(served.title) > 1) {
      absl::StrAppend(&served.title, " (", label.empty() ? tool.operation->space : label, ")");
    }
    served.tool = &tool;
    const auto limits = options_.limits_of.find(tool.name);
    served.limits = limits != options_.limits_of.end() ? limits->second : options_.limits;
    served.limits.text_bytes = std::max(served.limits.text_bytes, kMinText);
    served.typed = method != nullptr;
    served.input = std::make_shared<const InputSchema>(BuildInputSchema(tool, method));
    served.json = WriteTool(served, DescriptionOf(served, method));
    return served;
  }

  const plan::Plan& plan_;
  const ToolOptions& options_;
  std::map<std::string, int> titles_;
  absl::flat_hash_map<const plan::Operation*, const plan::Method*> typed_;
};

}  // namespace

ToolSet::ToolSet(std::vector<ServedTool> tools, std::string instructions)
    : tools_(std::move(tools)), instructions_(std::move(instructions)) {
  for (std::size_t i = 0; i < tools_.size(); ++i) by_name_[tools_[i].name] = i;
}

const ServedTool* ToolSet::Find(absl::string_view name) const {
  const auto found = by_name_.find(name);
  return found == by_name_.end() ? nullptr : &tools_[found->second];
}

ToolCatalog::ToolCatalog(const plan::Plan& plan, const ToolOptions& options) {
  const Compilation compilation(plan, options);
  all_ = compilation.Whole();
  by_namespace_ = compilation.Parts(*all_);
}

const ToolSet* ToolCatalog::ForNamespace(absl::string_view consumes_namespace) const {
  const auto found = by_namespace_.find(consumes_namespace);
  return found == by_namespace_.end() ? nullptr : found->second.get();
}

}  // namespace portico::mcp
