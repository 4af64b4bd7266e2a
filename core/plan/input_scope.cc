#include "core/plan/input_scope.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "core/capability/suggestion.h"
#include "core/plan/input_type.h"
#include "core/plan/name_folding.h"

namespace portico::plan {
void InputScope::Declare(const capability::InputParameter& written, bool required,
                         capability::FindingLog* log) {
  if (FindName(Names(), written.name.text).has_value()) return;
  const std::string& in = written.location.text;
  Parameter input;
  input.name = written.name.text;
  input.type = InputType(written, log);
  input.description = written.description.text;
  input.required = written.required.present() ? written.required.value : required || in == "path";
  if (in == "header") input.location = ParameterLocation::kHeader;
  if (in == "cookie" || in == "environment") {
    log->Error(capability::Rule::kBadInput, written.location.line,
               absl::StrCat(written.position.key, ".in"),
               absl::StrCat("\"", in,
                            "\" is not served; \"path\", \"query\", \"header\" and "
                            "\"body\" are"));
  }
  takes_body_ = takes_body_ || in == "body";
  inputs_.push_back(std::move(input));
  places_.push_back(written.position);
}

void InputScope::DeclareCapture(const std::string& name) {
  const std::size_t input = TakeInput(name);
  inputs_[input].required = true;
}

std::size_t InputScope::InputLike(const Parameter& fed) {
  const std::size_t input = TakeInput(fed.name);
  Resemble(input, fed);
  return input;
}

void InputScope::Resemble(std::size_t input, const Parameter& fed) {
  Parameter& like = inputs_[input];
  if (like.source != ParameterSource::kImplicit) return;
  like.type = fed.type;
  like.description = fed.description;
  like.required = like.required || fed.required || fed.location == ParameterLocation::kPath;
  if (fed.location == ParameterLocation::kHeader) like.location = fed.location;
  like.source = ParameterSource::kDeclared;
}

void InputScope::CheckUse(capability::FindingLog* log) const {
  for (std::size_t i = 0; i < inputs_.size(); ++i) {
    if (places_[i].line == 0 || used_.count(i) > 0) continue;
    log->Warn(capability::Rule::kBadBinding, places_[i].line, places_[i].key,
              absl::StrCat("\"", inputs_[i].name, "\" feeds nothing; name it in \"with\" as {{",
                           inputs_[i].name, "}}"));
  }
}

std::optional<std::size_t> InputScope::FindStep(absl::string_view name) {
  const auto found = std::find(steps_.begin(), steps_.end(), name);
  if (found == steps_.end()) return std::nullopt;
  return static_cast<std::size_t>(found - steps_.begin());
}

std::optional<std::size_t> InputScope::FindInput(absl::string_view name) {
  const std::optional<std::size_t> found = FindName(Names(), name);
  if (found.has_value()) used_.insert(*found);
  return found;
}

bool InputScope::IsCallersSpace(absl::string_view name) {
  return name == "rest" || name == "tools" || (!name.empty() && name == space_);
}

std::size_t InputScope::TakeInput(absl::string_view name) {
  if (const auto found = FindInput(name)) return *found;
  Parameter input;
  input.name = std::string(name);
  input.source = ParameterSource::kImplicit;
  inputs_.push_back(std::move(input));
  places_.emplace_back();
  return inputs_.size() - 1;
}

std::string InputScope::Suggest(absl::string_view name) {
  std::vector<std::string> names = Names();
  names.insert(names.end(), steps_.begin(), steps_.end());
  return capability::DidYouMean(name, names);
}

std::vector<std::string> InputScope::Names() const {
  std::vector<std::string> names;
  for (const Parameter& input : inputs_) names.push_back(input.name);
  return names;
}

}  // namespace portico::plan
