#include "core/plan/tool_compiler.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/plan/binding_compiler.h"
#include "core/plan/operation_compiler.h"
#include "core/plan/recipe_resolver.h"

namespace portico::plan {
namespace {

using capability::ExposedTool;
using capability::FindingLog;

Hints CompileHints(const ExposedTool& written, Hints hints, FindingLog* log) {
  const capability::Hints& given = written.hints;
  if (given.read_only.present()) hints.read_only = given.read_only.value;
  if (given.destructive.present()) hints.destructive = given.destructive.value;
  if (given.idempotent.present()) hints.idempotent = given.idempotent.value;
  if (given.open_world.present()) hints.open_world = given.open_world.value;
  if (given.read_only.value && given.destructive.value) {
    log->Warn(capability::Rule::kMethodHints, given.destructive.line,
              absl::StrCat(written.position.key, ".hints"), "says both readOnly and destructive");
  }
  return hints;
}

// The body of a composition that no step takes only spells the inputs another way.
void DropOtherBody(const Operation& operation, std::vector<Binding>* bindings) {
  const std::vector<Step>& steps = operation.composition->steps;
  if (std::any_of(steps.begin(), steps.end(), [](const Step& step) { return step.passes_body; })) {
    return;
  }
  bindings->erase(
      std::remove_if(bindings->begin(), bindings->end(),
                     [](const Binding& binding) { return binding.parameter == "body"; }),
      bindings->end());
}

}  // namespace

void ToolCompiler::Compile(const capability::Expose& expose, std::size_t file, FindingLog* log) {
  calls_.clear();
  for (const ExposedTool& tool : expose.tools) CompileTool(expose, tool, file, log);
  if (expose.type.text != "grpc") return;
  draft_->services.push_back(
      {file, expose.package.text, expose.service.text, expose.description.text, {}});
  for (const ExposedTool& procedure : expose.procedures) {
    CompileTool(expose, procedure, file, log);
  }
}

void ToolCompiler::CompileTool(const capability::Expose& expose, const ExposedTool& written,
                               std::size_t file, FindingLog* log) {
  Tool tool;
  tool.name = written.name.text;
  // A function's name is its tool's, too.
  if (tool.name.empty()) tool.name = written.ref.text.substr(written.ref.text.rfind('.') + 1);
  tool.place = {log->file(), written.position.line};
  RecipeSite site = {&written, written.position, NamespaceOf(expose, "mcp"), tool.name};
  site.description = written.description.text;
  const ResolvedRecipe resolved = ResolveRecipe(site, file, &calls_, resolver_, compositions_, log);
  if (resolved.operation == nullptr) return;
  Operation& operation = *resolved.operation->operation;
  const bool composed = operation.composition != nullptr;
  tool.operation = &operation;
  tool.description =
      written.description.text.empty() ? operation.description : written.description.text;
  tool.hints =
      CompileHints(written, composed ? operation.hints : HintsOfMethod(operation.http_method), log);
  if (hinted_.insert(&operation).second) operation.hints = tool.hints;
  tool.bindings = CompileBindings(
      {resolved.call, written.position, expose.space.text, nullptr,
       resolved.call == &written.call ? InputNames(site) : std::vector<std::string>{}},
      *resolved.operation, log);
  if (composed) DropOtherBody(operation, &tool.bindings);
  if (expose.type.text == "grpc") {
    draft_->services.back().procedures.push_back(std::move(tool));
    return;
  }
  if (Claim(tool, written.position.key, log)) draft_->tools.push_back(std::move(tool));
}

bool ToolCompiler::Claim(const Tool& tool, const std::string& key, FindingLog* log) {
  const std::string& space = tool.operation->space;
  const auto [begin, end] = places_.equal_range(tool.name);
  const auto own =
      std::find_if(begin, end, [&](const auto& other) { return other.second.first == space; });
  const bool fresh = own == end;
  if (begin != end) {
    const capability::Place& first = (fresh ? begin : own)->second.second;
    log->Warn(capability::Rule::kRepeatedName, tool.place.line, absl::StrCat(key, ".name"),
              absl::StrCat("the tool \"", tool.name, "\" is already served from ", first.file, ":",
                           first.line,
                           fresh ? "; where both are, their namespaces stand before the name"
                                 : "; this one is left out"));
  }
  if (fresh) places_.emplace(tool.name, std::pair(space, tool.place));
  return fresh;
}

}  // namespace portico::plan
