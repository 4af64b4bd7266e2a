#include "core/plan/preset_operation.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "core/plan/header_rules.h"
#include "core/plan/name_folding.h"
#include "core/plan/variable_text.h"

namespace portico::plan {
namespace {

bool IsVariable(absl::string_view name, const Upstream& upstream) {
  const auto& bound = upstream.authentication.variables;
  return absl::StartsWith(name, "env.") ||
         std::any_of(bound.begin(), bound.end(),
                     [&](const auto& bind) { return bind.first == name; });
}

std::unique_ptr<DraftOperation> CopyOf(const DraftOperation& called) {
  auto copy = std::make_unique<DraftOperation>();
  copy->operation = std::make_unique<Operation>(*called.operation);
  copy->file = called.file;
  copy->written_name = called.written_name;
  copy->body_name = called.body_name;
  copy->untaken = called.untaken;
  copy->outputs = called.outputs;
  copy->raw_format = called.raw_format;
  return copy;
}

// The parameter that `written` means, as binding_compiler.h has it.
std::optional<std::string> ParameterOf(const Operation& operation, const std::string& written) {
  std::vector<std::string> names;
  for (const Parameter& parameter : operation.parameters) names.push_back(parameter.name);
  std::optional<std::size_t> index = FindName(names, written);
  if (!index.has_value()) index = FindName(names, WireName(written));
  if (!index.has_value() || operation.parameters[*index].replaces_credential) return std::nullopt;
  return names[*index];
}

bool FixBody(const std::string& written, const std::string& text, DraftOperation* preset) {
  Operation& operation = *preset->operation;
  if (preset->body_name.empty() || operation.body_encoding != BodyEncoding::kJson ||
      !FindName({preset->body_name}, written).has_value()) {
    return false;
  }
  operation.constant_body = text;
  operation.body = BodyUse::kNone;
  preset->body_name.clear();
  return true;
}

// False when no input is meant that may be fixed.
bool Fix(const capability::Entry& entry, DraftOperation* preset) {
  const auto name = ParameterOf(*preset->operation, entry.name.text);
  if (!name.has_value()) return FixBody(entry.name.text, entry.value.text, preset);
  if (!IsHeaderValue(entry.value.text)) return false;
  auto& parameters = preset->operation->parameters;
  for (const Parameter& parameter : parameters) {
    if (parameter.name != *name) continue;
    preset->operation->constants.push_back({*name, parameter.location, entry.value.text});
  }
  parameters.erase(std::remove_if(parameters.begin(), parameters.end(),
                                  [&](const Parameter& one) { return one.name == *name; }),
                   parameters.end());
  return true;
}

}  // namespace

std::unique_ptr<DraftOperation> PresetOperation(
    const DraftOperation& called, const capability::Call& call, const Upstream& upstream,
    absl::FunctionRef<bool(absl::string_view name)> is_callers) {
  std::unique_ptr<DraftOperation> preset;
  if (!call.with.has_value()) return preset;
  for (const capability::Entry& entry : *call.with) {
    const std::string& text = entry.value.text;
    const std::vector<std::string> names = VariablesOf(text);
    const bool fixes =
        !names.empty() && std::all_of(names.begin(), names.end(), [&](const std::string& name) {
          return IsVariable(name, upstream) && !is_callers(name);
        });
    if (!fixes) continue;
    if (preset == nullptr) preset = CopyOf(called);
    if (Fix(entry, preset.get())) preset->preset.push_back(entry.name.text);
  }
  return preset != nullptr && preset->preset.empty() ? nullptr : std::move(preset);
}

}  // namespace portico::plan
