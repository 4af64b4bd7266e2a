#include "core/plan/parameter_compiler.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/capability/suggestion.h"
#include "core/plan/header_inputs.h"
#include "core/plan/header_rules.h"
#include "core/plan/input_log.h"
#include "core/plan/input_places.h"
#include "core/plan/input_type.h"
#include "core/plan/name_folding.h"

namespace portico::plan {
namespace {

using capability::FindingLog;
using capability::InputParameter;

class InputCompiler {
 public:
  InputCompiler(const PathTemplate& path, AuthorizationInput authorization, FindingLog* log)
      : path_(path), log_(log), headers_(authorization, &compiled_, &log_) {}

  void Add(const InputParameter& input, std::size_t level);
  CompiledInputs Finish();

 private:
  void AddParameter(const InputParameter& input, const std::string& name,
                    ParameterLocation location);
  void AddConstant(const InputParameter& input, const std::string& name,
                   ParameterLocation location);
  bool IsPathTaken(const std::string& placeholder) const;
  void AddPath(const InputParameter& input, const std::string& name);
  void AddQuery(const InputParameter& input, const std::string& name);
  void AddBody(const InputParameter& input, const std::string& name);
  void AddUnserved(const InputParameter& input, const std::string& location,
                   const std::string& name);

  const PathTemplate& path_;
  InputLog log_;
  InputPlaces places_{path_, &log_};
  CompiledInputs compiled_;
  HeaderInputs headers_;
};

void InputCompiler::Add(const InputParameter& input, std::size_t level) {
  const std::optional<InputPlace> place = places_.Take(input, level);
  if (!place.has_value()) return;
  const auto& [location, name] = *place;
  if (location == "header") return headers_.Add(input, name);
  const std::optional<std::size_t> placeholder = FindName(path_.placeholders(), name);
  const bool in_query_of_path = placeholder.has_value() && path_.InQuery(*placeholder);
  if (location == "path" || (location == "query" && in_query_of_path)) {
    AddPath(input, name);
  } else if (location == "query") {
    AddQuery(input, name);
  } else if (location == "body") {
    AddBody(input, name);
  } else {
    AddUnserved(input, location, name);
  }
}

void InputCompiler::AddParameter(const InputParameter& input, const std::string& name,
                                 ParameterLocation location) {
  compiled_.parameters.push_back(DeclaredParameter(input, name, location, log_.findings()));
}

void InputCompiler::AddConstant(const InputParameter& input, const std::string& name,
                                ParameterLocation location) {
  const std::string& value = input.value.text;
  compiled_.untaken.push_back(name);
  std::string problem;
  if (!IsHeaderValue(value)) problem = "holds a control character";
  for (std::size_t i = 0; problem.empty() && i < path_.placeholders().size(); ++i) {
    const bool fills = location == ParameterLocation::kPath && path_.placeholders()[i] == name;
    if (fills) problem = path_.ValueProblem(i, value);
  }
  if (!problem.empty()) {
    log_.Error(input, input.value, "value", std::move(problem));
  } else {
    compiled_.constants.push_back({name, location, value});
  }
}

void InputCompiler::AddQuery(const InputParameter& input, const std::string& name) {
  if (input.value.present()) return AddConstant(input, name, ParameterLocation::kQuery);
  AddParameter(input, name, ParameterLocation::kQuery);
}

bool InputCompiler::IsPathTaken(const std::string& placeholder) const {
  const auto same = [&](const auto& input) {
    return input.location == ParameterLocation::kPath && input.name == placeholder;
  };
  return std::any_of(compiled_.parameters.begin(), compiled_.parameters.end(), same) ||
         std::any_of(compiled_.constants.begin(), compiled_.constants.end(), same);
}

void InputCompiler::AddPath(const InputParameter& input, const std::string& name) {
  const std::optional<std::size_t> index = FindName(path_.placeholders(), name);
  if (!index.has_value()) {
    compiled_.untaken.push_back(name);
    log_.Warn(
        input, input.name, "name",
        absl::StrCat("\"", name, "\" names no placeholder of the path ", path_.text(),
                     " and has no effect", capability::DidYouMean(name, path_.placeholders())));
    return;
  }
  const std::string& placeholder = path_.placeholders()[*index];
  if (IsPathTaken(placeholder)) return;
  if (input.value.present()) return AddConstant(input, placeholder, ParameterLocation::kPath);
  AddParameter(input, placeholder, ParameterLocation::kPath);
  compiled_.parameters.back().required = true;
}

void InputCompiler::AddBody(const InputParameter& input, const std::string& name) {
  if (compiled_.body != BodyUse::kNone || compiled_.constant_body.has_value()) {
    log_.Error(input, input.name, "name",
               absl::StrCat("a request has one body, and \"", compiled_.body_name, "\" is it"));
    return;
  }
  if (input.value.present()) {
    compiled_.untaken.push_back(name);
    compiled_.constant_body = input.value.text;
    return;
  }
  compiled_.body_type =
      input.type.text.empty() ? ValueType::kObject : InputType(input, log_.findings());
  compiled_.body = input.required.value ? BodyUse::kRequired : BodyUse::kOptional;
  compiled_.body_name = name;
  compiled_.body_description = input.description.text;
}

void InputCompiler::AddUnserved(const InputParameter& input, const std::string& location,
                                const std::string& name) {
  static const std::vector<std::string> kServed = {"path", "query", "header", "body"};
  const std::string message =
      absl::StrCat("\"", location, "\" is not served; it is path, query, header or body",
                   capability::DidYouMean(location, kServed));
  compiled_.untaken.push_back(name);
  const bool known = location == "cookie" || location == "environment";
  if (known && !input.required.value) {
    log_.Warn(input, input.location, "in", absl::StrCat(message, "; the input is left out"));
  } else {
    log_.Error(input, input.location, "in", message);
  }
}

CompiledInputs InputCompiler::Finish() {
  std::vector<Parameter> implicit;
  for (const std::string& placeholder : path_.placeholders()) {
    const auto same = [&](const Parameter& parameter) { return parameter.name == placeholder; };
    if (IsPathTaken(placeholder)) continue;
    if (std::any_of(implicit.begin(), implicit.end(), same)) continue;
    Parameter parameter;
    parameter.name = placeholder;
    parameter.location = ParameterLocation::kPath;
    parameter.source = ParameterSource::kImplicit;
    parameter.required = true;
    implicit.push_back(std::move(parameter));
  }
  compiled_.parameters.insert(compiled_.parameters.begin(), implicit.begin(), implicit.end());
  return std::move(compiled_);
}

}  // namespace

CompiledInputs CompileInputs(const std::vector<const std::vector<InputParameter>*>& levels,
                             const PathTemplate& path, AuthorizationInput authorization,
                             const capability::Position& operation, FindingLog* log) {
  InputCompiler compiler(path, authorization, log);
  std::size_t count = 0;
  for (const auto* inputs : levels) count += inputs->size();
  if (count > kMaxInputs) {
    log->Error(capability::Rule::kBadInput, operation.line,
               absl::StrCat(operation.key, ".inputParameters"),
               absl::StrCat("an operation takes at most ", kMaxInputs, " inputs"));
    return compiler.Finish();
  }
  for (std::size_t level = 0; level < levels.size(); ++level) {
    for (const InputParameter& input : *levels[level]) compiler.Add(input, level);
  }
  return compiler.Finish();
}

}  // namespace portico::plan
