#include "core/plan/parameter_compiler.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/capability/suggestion.h"
#include "core/codec/media_type.h"
#include "core/plan/header_rules.h"
#include "core/plan/input_type.h"
#include "core/plan/name_folding.h"
#include "core/plan/stream_detection.h"

namespace portico::plan {
namespace {

using capability::FindingLog;
using capability::InputParameter;
using capability::Text;

class InputCompiler {
 public:
  InputCompiler(const PathTemplate& path, AuthorizationInput authorization, FindingLog* log)
      : path_(path), authorization_(authorization), log_(log) {}

  void Add(const InputParameter& input, std::size_t level);
  CompiledInputs Finish();

 private:
  // Wire name: what stands before the first white space.
  std::string NameOf(const InputParameter& input);
  std::string LocationOf(const InputParameter& input, const std::string& name);
  // False when this place is taken; within one level that is worth a warning.
  bool Claim(const std::string& location, const std::string& name, const InputParameter& input,
             std::size_t level);
  void AddParameter(const InputParameter& input, std::string name, ParameterLocation location);
  void AddConstant(const InputParameter& input, const std::string& name,
                   ParameterLocation location);
  bool IsPathTaken(const std::string& placeholder) const;
  void AddPath(const InputParameter& input, const std::string& name);
  void AddQuery(const InputParameter& input, const std::string& name);
  void AddHeader(const InputParameter& input, const std::string& name);
  void AddAuthorization(const InputParameter& input, const std::string& name);
  void AddAccept(const InputParameter& input);
  void AddConstantHeader(const InputParameter& input, const std::string& name);
  void AddBody(const InputParameter& input, const std::string& name);
  void AddUnserved(const InputParameter& input, const std::string& location,
                   const std::string& name);

  void Error(const InputParameter& input, const Text& text, const char* key, std::string message) {
    log_->Error(capability::Rule::kBadInput, text.present() ? text.line : input.position.line,
                absl::StrCat(input.position.key, ".", key), std::move(message));
  }
  void Warn(const InputParameter& input, const Text& text, const char* key, std::string message) {
    log_->Warn(capability::Rule::kBadInput, text.present() ? text.line : input.position.line,
               absl::StrCat(input.position.key, ".", key), std::move(message));
  }

  const PathTemplate& path_;
  const AuthorizationInput authorization_;
  FindingLog* log_;
  CompiledInputs compiled_;
  std::set<std::pair<std::string, std::string>> claimed_;     // location, name
  std::set<std::pair<std::string, std::string>> this_level_;  // the same, of `level_` alone
  std::size_t level_ = 0;
};

std::string InputCompiler::NameOf(const InputParameter& input) {
  const std::string& written = input.name.text;
  if (FindName(path_.placeholders(), written).has_value()) return written;
  std::string name = WireName(written);
  if (!name.empty() && name != written) {
    Warn(input, input.name, "name",
         absl::StrCat("holds white space; \"", name, "\" is the name that is sent"));
  }
  return name;
}

std::string InputCompiler::LocationOf(const InputParameter& input, const std::string& name) {
  std::string location = absl::AsciiStrToLower(input.location.text);
  if (!location.empty()) return location;
  if (FindName(path_.placeholders(), name).has_value()) {
    location = "path";
  } else {
    location = SqueezeName(name) == "body" ? "body" : "query";
  }
  Warn(input, input.location, "in", absl::StrCat("is not given; read as \"", location, "\""));
  return location;
}

bool InputCompiler::Claim(const std::string& location, const std::string& name,
                          const InputParameter& input, std::size_t level) {
  // Header names do not differ by case (RFC 9110, 5.1).
  const std::pair<std::string, std::string> place = {
      location, location == "header" ? absl::AsciiStrToLower(name) : name};
  if (level != level_) this_level_.clear();
  level_ = level;
  if (!this_level_.insert(place).second) {
    Warn(input, input.name, "name",
         absl::StrCat("\"", name, "\" stands twice in one list; the first one counts"));
  }
  return claimed_.insert(place).second;
}

void InputCompiler::Add(const InputParameter& input, std::size_t level) {
  const std::string name = NameOf(input);
  if (name.empty()) {
    Error(input, input.name, "name", "is blank");
    return;
  }
  const std::string location = LocationOf(input, name);
  if (!Claim(location, name, input, level)) return;
  if (location == "header") return AddHeader(input, name);
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

void InputCompiler::AddParameter(const InputParameter& input, std::string name,
                                 ParameterLocation location) {
  Parameter parameter;
  parameter.name = std::move(name);
  parameter.location = location;
  parameter.type = InputType(input, log_);
  parameter.required = input.required.value;
  parameter.description = input.description.text;
  compiled_.parameters.push_back(std::move(parameter));
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
    Error(input, input.value, "value", std::move(problem));
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
    Warn(input, input.name, "name",
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

void InputCompiler::AddHeader(const InputParameter& input, const std::string& name) {
  if (!IsHeaderName(name)) {
    Error(input, input.name, "name", absl::StrCat("\"", name, "\" cannot be a header's name"));
    return;
  }
  if (absl::EqualsIgnoreCase(name, "Accept")) return AddAccept(input);
  const std::string reason = ReasonNotToTake(name);
  if (absl::EqualsIgnoreCase(name, "Content-Type") && input.value.present()) {
    compiled_.untaken.push_back(name);
    if (!codec::IsOfType(input.value.text, "application/json")) {
      Error(input, input.value, "value", "bodies are sent as application/json only");
    }
  } else if (!reason.empty()) {
    compiled_.untaken.push_back(name);
    Warn(input, input.name, "name",
         absl::StrCat("\"", name, "\" is never sent as given: ", reason));
  } else if (input.value.present()) {
    AddConstantHeader(input, name);
  } else if (absl::EqualsIgnoreCase(name, "Authorization")) {
    AddAuthorization(input, name);
  } else {
    AddParameter(input, name, ParameterLocation::kHeader);
  }
}

// Optional next to a configured credential, whatever the file says: that one is sent
// when the caller gives none.
void InputCompiler::AddAuthorization(const InputParameter& input, const std::string& name) {
  if (authorization_ == AuthorizationInput::kRefused) {
    compiled_.untaken.push_back(name);
    Warn(input, input.name, "name",
         "is not taken from callers: the file's \"authentication\" is sent; "
         "--allow-caller-authorization lets a caller's replace it");
    return;
  }
  AddParameter(input, name, ParameterLocation::kHeader);
  if (authorization_ == AuthorizationInput::kPassed) return;
  compiled_.parameters.back().required = false;
  compiled_.parameters.back().replaces_credential = true;
}

// Portico knows what it can read; neither a model nor a caller is asked.
void InputCompiler::AddAccept(const InputParameter& input) {
  compiled_.untaken.push_back(input.name.text);
  compiled_.accepts_event_stream =
      SaysEventStream(input.description.text) || SaysEventStream(input.value.text);
  if (input.value.present() && !compiled_.accepts_event_stream) AddConstantHeader(input, "Accept");
}

void InputCompiler::AddConstantHeader(const InputParameter& input, const std::string& name) {
  const std::string& value = input.value.text;
  if (absl::StrContains(value, "{{")) {
    return AddConstant(input, name, ParameterLocation::kHeader);
  }
  compiled_.untaken.push_back(name);
  if (!IsHeaderValue(value)) {
    Error(input, input.value, "value", "holds a character that may not stand in a header");
  } else {
    compiled_.constant_headers.push_back({name, value});
  }
}

void InputCompiler::AddBody(const InputParameter& input, const std::string& name) {
  if (compiled_.body != BodyUse::kNone || compiled_.constant_body.has_value()) {
    Error(input, input.name, "name",
          absl::StrCat("a request has one body, and \"", compiled_.body_name, "\" is it"));
    return;
  }
  if (input.value.present()) {
    compiled_.untaken.push_back(name);
    compiled_.constant_body = input.value.text;
    return;
  }
  compiled_.body_type = input.type.present() ? InputType(input, log_) : ValueType::kObject;
  compiled_.body = input.required.value ? BodyUse::kRequired : BodyUse::kOptional;
  compiled_.body_name = name;
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
    Warn(input, input.location, "in", absl::StrCat(message, "; the input is left out"));
  } else {
    Error(input, input.location, "in", message);
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
