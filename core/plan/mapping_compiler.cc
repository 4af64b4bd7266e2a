#include "core/plan/mapping_compiler.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "core/capability/suggestion.h"

namespace portico::plan {
namespace {

using capability::StepMapping;

// The first part of the target that `output` does not have; empty when it has them all.
std::string UnknownPart(const std::vector<std::string>& target, const Output& output,
                        std::vector<std::string>* known) {
  const Output* inside = &output;
  for (const std::string& part : target) {
    if (inside->properties.empty()) return "";  // any members
    known->clear();
    const Output* found = nullptr;
    for (const Output& property : inside->properties) {
      known->push_back(property.name);
      if (property.name == part) found = &property;
    }
    if (found == nullptr) return part;
    inside = found;
  }
  return "";
}

// Of two targets, whether one holds the other: the later would undo the earlier.
bool Overlap(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  const std::size_t shared = std::min(a.size(), b.size());
  return std::equal(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(shared), b.begin());
}

std::string TargetProblem(const std::vector<std::string>& target,
                          const std::optional<Output>& output,
                          const std::vector<Mapping>& earlier) {
  if (std::find(target.begin(), target.end(), "") != target.end()) {
    return "has an empty part between its dots";
  }
  for (const Mapping& other : earlier) {
    if (Overlap(other.target, target)) return "is mapped to already, or a part of it is";
  }
  std::vector<std::string> known;
  const std::string unknown = output.has_value() ? UnknownPart(target, *output, &known) : "";
  if (unknown.empty()) return "";
  return absl::StrCat("\"", unknown, "\" is no output; an input of a step is STEP.INPUT",
                      capability::DidYouMean(unknown, known));
}

}  // namespace

bool FeedsStep(const capability::Recipe& recipe, absl::string_view target) {
  const absl::string_view head = target.substr(0, target.find('.'));
  if (head.size() == target.size()) return false;
  const auto is_head = [&](const auto& part) { return part.name.text == head; };
  const auto& steps = recipe.steps;
  const auto step = std::find_if(steps.begin(), steps.end(), is_head);
  return step != steps.end() && step->call.operation.present() &&
         std::none_of(recipe.outputs.begin(), recipe.outputs.end(), is_head);
}

bool CompileMappings(const capability::Recipe& recipe, const std::optional<Output>& output,
                     Scope* scope, std::vector<Mapping>* mappings, capability::FindingLog* log) {
  bool whole = true;
  const auto error = [&](const capability::Text& text, const std::string& key,
                         std::string message) {
    whole = false;
    log->Error(capability::Rule::kBadComposition, text.line, key, std::move(message));
  };
  for (const StepMapping& written : recipe.mappings) {
    std::vector<std::string> target = absl::StrSplit(written.target.text, '.');
    if (FeedsStep(recipe, written.target.text)) continue;
    const std::string problem = TargetProblem(target, output, *mappings);
    if (!problem.empty()) {
      error(written.target, absl::StrCat(written.position.key, ".target"), problem);
      continue;
    }
    absl::StatusOr<Expression> value = ParseExpression(written.value.text, scope);
    if (!value.ok()) {
      error(written.value, absl::StrCat(written.position.key, ".value"),
            std::string(value.status().message()));
      continue;
    }
    mappings->push_back({std::move(target), *std::move(value)});
  }
  return whole;
}

}  // namespace portico::plan
