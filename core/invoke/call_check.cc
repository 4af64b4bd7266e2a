#include "core/invoke/call_check.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "core/invoke/constant_text.h"
#include "core/invoke/object_query.h"
#include "core/plan/variable_text.h"

namespace portico::invoke {
namespace {

using plan::Parameter;
using plan::ParameterLocation;

// Why `value` cannot stand for a placeholder, wherever that stands; empty when it can.
std::string PathProblem(const plan::Operation& operation, const std::string& placeholder,
                        const std::string& value) {
  std::string problem;
  for (std::size_t i = 0; problem.empty() && i < operation.path.placeholders().size(); ++i) {
    if (operation.path.placeholders()[i] == placeholder) {
      problem = operation.path.ValueProblem(i, value);
    }
  }
  return problem;
}

// What is wrong with `value`, in words that follow the parameter's name.
std::string Violation(const plan::Operation& operation, const Parameter& parameter,
                      const std::string& value) {
  if (value.find_first_of(absl::string_view("\r\n\0", 3).data(), 0, 3) != std::string::npos) {
    return "must not hold CR, LF or NUL";
  }
  if (parameter.location == ParameterLocation::kPath) {
    return PathProblem(operation, parameter.name, value);
  }
  const bool object =
      parameter.location == ParameterLocation::kQuery && parameter.type == plan::ValueType::kObject;
  if (object && !ObjectPairs(parameter.name, value)) {
    return "must be a JSON object that makes no more than 1 MiB of query";
  }
  return "";
}

void CheckParameter(const plan::Operation& operation, const Parameter& parameter,
                    const std::vector<std::string>& values,
                    std::vector<FieldViolation>* violations) {
  const bool in_path = parameter.location == ParameterLocation::kPath;
  if (values.empty() && (parameter.required || in_path)) {
    violations->push_back(
        {parameter.name, in_path ? "is required: it is part of the path" : "is required"});
    return;
  }
  const bool one = in_path || parameter.type == plan::ValueType::kObject;
  if (one && values.size() > 1) {
    violations->push_back({parameter.name, "takes one value, not several"});
  }
  for (const std::string& value : values) {
    std::string problem = Violation(operation, parameter, value);
    if (problem.empty()) continue;
    violations->push_back({parameter.name, std::move(problem)});
    return;
  }
}

}  // namespace

std::vector<FieldViolation> CheckArguments(const Call& call) {
  std::vector<FieldViolation> violations = call.violations;
  for (std::size_t i = 0; i < call.operation->parameters.size(); ++i) {
    CheckParameter(*call.operation, call.operation->parameters[i], call.arguments.parameters[i],
                   &violations);
  }
  const Arguments& arguments = call.arguments;
  if (arguments.send_body && !arguments.body_stream && arguments.body.empty()) {
    violations.push_back({"body", "is required, as JSON"});
  }
  return violations;
}

std::vector<std::string> MissingVariables(const plan::Operation& operation,
                                          const upstream::Credential& credential) {
  std::vector<std::string> missing;
  const auto check = [&](absl::string_view text) {
    for (const std::string& name : plan::VariablesOf(text)) {
      const auto variable = credential.variables.find(name);
      if (variable == credential.variables.end()) {
        missing.push_back(name);
      } else if (!variable->second.missing.empty()) {
        missing.push_back(variable->second.missing);
      }
    }
  };
  for (const plan::Constant& constant : operation.constants) check(constant.text);
  if (operation.constant_body.has_value()) check(*operation.constant_body);
  if (!missing.empty()) return missing;
  for (const plan::Constant& constant : operation.constants) {
    if (constant.location != ParameterLocation::kPath) continue;
    const std::string problem =
        PathProblem(operation, constant.name, Filled(constant.text, credential));
    if (!problem.empty()) missing.push_back(absl::StrCat(constant.text, " (", problem, ")"));
  }
  return missing;
}

bool ReplacesCredential(const Call& call) {
  const std::vector<Parameter>& parameters = call.operation->parameters;
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    if (parameters[i].replaces_credential && !call.arguments.parameters[i].empty()) return true;
  }
  return false;
}

}  // namespace portico::invoke
