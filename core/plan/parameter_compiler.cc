#include "core/plan/parameter_compiler.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/capability/suggestion.h"
#include "core/plan/header_rules.h"
#include "core/plan/name_folding.h"
#include "core/plan/stream_detection.h"

namespace portico::plan {
namespace {

using capability::FindingLog;
using capability::InputParameter;
using capability::Text;

class InputCompiler {
 public:
  InputCompiler(const PathTemplate& path, bool authenticated, FindingLog* log)
      : path_(path), authenticated_(authenticated), log_(log) {}

  void Add(const InputParameter& input, std::size_t level);
  CompiledInputs Finish();

 private:
  // Wire name: what stands before the first white space.
  std::string NameOf(const InputParameter& input);
  std::string LocationOf(const InputParameter& input, const std::string& name);
  ValueType TypeOf(const InputParameter& input);
  // False when this place is taken; within one level that is worth a warning.
  bool Claim(const std::string& location, const std::string& name, const InputParameter& input,
             std::size_t level);
  void AddParameter(const InputParameter& input, std::string name, ParameterLocation location);
  void AddPath(const InputParameter& input, const std::string& name);
  void AddHeader(const InputParameter& input, const std::string& name);
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
  const bool authenticated_;
  FindingLog* log_;
  CompiledInputs compiled_;
  std::set<std::pair<std::string, std::string>> claimed_;     // location, name
  std::set<std::pair<std::string, std::string>> this_level_;  // the same, of `level_` alone
  std::size_t level_ = 0;
};

std::string InputCompiler::NameOf(const InputParameter& input) {
  const std::string& written = input.name.text;
  const std::size_t begin = written.find_first_not_of(" \t\r\n");
  if (begin == std::string::npos) return "";
  std::string name = written.substr(begin, written.find_first_of(" \t\r\n", begin) - begin);
  if (name != written) {
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

ValueType InputCompiler::TypeOf(const InputParameter& input) {
  const std::string type = absl::AsciiStrToLower(input.type.text);
  if (type.empty() || type == "string") return ValueType::kString;
  if (type == "integer" || type == "int") return ValueType::kInteger;
  if (type == "number" || type == "float" || type == "double") return ValueType::kNumber;
  if (type == "boolean" || type == "bool") return ValueType::kBoolean;
  if (type == "array") return ValueType::kArray;
  if (type == "object") return ValueType::kObject;
  Warn(input, input.type, "type",
       absl::StrCat("is not a known type; read as \"string\"",
                    capability::DidYouMean(
                        type, {"string", "integer", "number", "boolean", "array", "object"})));
  return ValueType::kString;
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
  if (input.value.present()) {
    Error(input, input.value, "value",
          absl::StrCat("constants are served in headers only; to send one, write it under "
                       "\"with\" where the operation is called"));
  } else if (location == "path") {
    AddPath(input, name);
  } else if (location == "query") {
    AddParameter(input, name, ParameterLocation::kQuery);
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
  parameter.type = TypeOf(input);
  parameter.required = input.required.value;
  parameter.description = input.description.text;
  compiled_.parameters.push_back(std::move(parameter));
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
  for (const Parameter& parameter : compiled_.parameters) {
    if (parameter.location == ParameterLocation::kPath && parameter.name == placeholder) return;
  }
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
    if (!absl::StartsWithIgnoreCase(input.value.text, "application/json")) {
      Error(input, input.value, "value", "bodies are sent as application/json only");
    }
  } else if (!reason.empty()) {
    compiled_.untaken.push_back(name);
    Warn(input, input.name, "name",
         absl::StrCat("\"", name, "\" is never sent as given: ", reason));
  } else if (input.value.present()) {
    AddConstantHeader(input, name);
  } else if (authenticated_ && absl::EqualsIgnoreCase(name, "Authorization")) {
    compiled_.untaken.push_back(name);
    Warn(input, input.name, "name",
         "is not taken from callers: the file's \"authentication\" is sent");
  } else {
    AddParameter(input, name, ParameterLocation::kHeader);
  }
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
  compiled_.untaken.push_back(name);
  if (absl::StrContains(value, "{{")) {
    Error(input, input.value, "value",
          "variables are resolved in \"authentication\" only; write the header's text");
  } else if (!IsHeaderValue(value)) {
    Error(input, input.value, "value", "holds a character that may not stand in a header");
  } else {
    compiled_.constant_headers.push_back({name, value});
  }
}

void InputCompiler::AddBody(const InputParameter& input, const std::string& name) {
  if (compiled_.body != BodyUse::kNone) {
    Error(input, input.name, "name",
          absl::StrCat("a request has one body, and \"", compiled_.body_name, "\" is it"));
    return;
  }
  TypeOf(input);
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
    const auto same = [&](const Parameter& parameter) {
      return parameter.location == ParameterLocation::kPath && parameter.name == placeholder;
    };
    auto& declared = compiled_.parameters;
    if (std::any_of(declared.begin(), declared.end(), same)) continue;
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
                             const PathTemplate& path, bool authenticated,
                             const capability::Position& operation, FindingLog* log) {
  InputCompiler compiler(path, authenticated, log);
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
