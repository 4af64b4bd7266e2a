#include "core/plan/input_type.h"

#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "core/capability/suggestion.h"

namespace portico::plan {

ValueType InputType(const capability::InputParameter& input, capability::FindingLog* log) {
  const std::string type = absl::AsciiStrToLower(input.type.text);
  if (type.empty() || type == "string") return ValueType::kString;
  if (type == "integer" || type == "int") return ValueType::kInteger;
  if (type == "number" || type == "float" || type == "double") return ValueType::kNumber;
  if (type == "boolean" || type == "bool") return ValueType::kBoolean;
  if (type == "array") return ValueType::kArray;
  if (type == "object") return ValueType::kObject;
  log->Warn(capability::Rule::kBadInput, input.type.line, absl::StrCat(input.position.key, ".type"),
            absl::StrCat("is not a known type; read as \"string\"",
                         capability::DidYouMean(
                             type, {"string", "integer", "number", "boolean", "array", "object"})));
  return ValueType::kString;
}

Parameter DeclaredParameter(const capability::InputParameter& input, std::string name,
                            ParameterLocation location, capability::FindingLog* log) {
  Parameter parameter;
  parameter.name = std::move(name);
  parameter.location = location;
  parameter.type = InputType(input, log);
  parameter.required = input.required.value;
  parameter.description = input.description.text;
  return parameter;
}

}  // namespace portico::plan
