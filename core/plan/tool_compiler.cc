#include "core/plan/tool_compiler.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/plan/binding_compiler.h"
#include "core/plan/operation_compiler.h"

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

}  // namespace

void ToolCompiler::Compile(const capability::Expose& expose, std::size_t file, FindingLog* log) {
  calls_.clear();
  for (const ExposedTool& tool : expose.tools) CompileTool(expose, tool, file, log);
}

void ToolCompiler::CompileTool(const capability::Expose& expose, const ExposedTool& written,
                               std::size_t file, FindingLog* log) {
  Tool tool;
  tool.name = written.name.text;
  tool.place = {log->file(), written.position.line};
  const std::string& call = written.call.operation.text;
  const CallResolver::Target target = resolver_->Resolve(file, call, calls_[call]++);
  if (!target.problem.empty()) {
    log->Error(capability::Rule::kUnresolvedCall, written.call.operation.line,
               absl::StrCat(written.position.key, ".call"), target.problem);
  }
  CheckOutputs(written.outputs, log);
  if (target.operation == nullptr) return;
  Operation& operation = *target.operation->operation;
  tool.operation = &operation;
  tool.description =
      written.description.present() ? written.description.text : operation.description;
  tool.hints = CompileHints(written, HintsOfMethod(operation.http_method), log);
  if (hinted_.insert(&operation).second) operation.hints = tool.hints;
  tool.bindings = CompileBindings({&written.call, written.position, expose.space.text, nullptr},
                                  *target.operation, log);
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
