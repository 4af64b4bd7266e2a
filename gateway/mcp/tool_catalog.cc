#include "gateway/mcp/tool_catalog.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
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

const plan::Method* MethodOf(const plan::Plan& plan, const plan::Operation* operation) {
  for (const plan::Method& method : plan.methods()) {
    if (method.operation == operation && !method.synthesised) return &method;
  }
  return nullptr;
}

// Makes the tools of endpoints out of those of the Plan.
class Compilation {
 public:
  Compilation(const plan::Plan& plan, const ToolOptions& options) : plan_(plan), options_(options) {
    for (const plan::Tool& tool : plan.tools()) ++titles_[TitleOf(tool)];
  }

  // The endpoint of the tools of `space`; of all when it is empty.
  std::unique_ptr<const ToolSet> Endpoint(absl::string_view space) const {
    std::vector<const plan::Tool*> tools;
    std::vector<NamedTool> written;
    for (const plan::Tool& tool : plan_.tools()) {
      if (!space.empty() && tool.operation->space != space) continue;
      tools.push_back(&tool);
      written.push_back({tool.operation->space, tool.name});
    }
    const std::vector<std::string> names = ToolNames(written);
    std::vector<ServedTool> served;
    for (std::size_t i = 0; i < tools.size(); ++i) served.push_back(Serve(*tools[i], names[i]));
    for (ServedTool& tool : served) {
      if (tool.typed) tool.json = WithWords(tool.json, WordsFor(tool, served));
    }
    std::string instructions = WriteInstructions(plan_, served);
    return std::make_unique<const ToolSet>(std::move(served), std::move(instructions));
  }

 private:
  // Our .proto comments speak of RPCs and their codes: what a caller of `tool` knows them as.
  std::map<std::string, std::string> WordsFor(const ServedTool& tool,
                                              const std::vector<ServedTool>& all) const {
    std::map<std::string, std::string> words = {{"NOT_FOUND", "HTTP 404"}};
    for (const ServedTool& other : all) {
      const plan::Method* method = MethodOf(plan_, other.tool->operation);
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
    const plan::Method* method = MethodOf(plan_, tool.operation);
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
  all_ = compilation.Endpoint("");
  for (const plan::Tool& tool : plan.tools()) {
    std::unique_ptr<const ToolSet>& endpoint = by_namespace_[tool.operation->space];
    if (endpoint == nullptr) endpoint = compilation.Endpoint(tool.operation->space);
  }
}

const ToolSet* ToolCatalog::ForNamespace(absl::string_view consumes_namespace) const {
  const auto found = by_namespace_.find(std::string(consumes_namespace));
  return found == by_namespace_.end() ? nullptr : found->second.get();
}

}  // namespace portico::mcp
