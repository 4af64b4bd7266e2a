// A text with `{{NAME}}` in it: a constant of a file that variables complete.
//
// Pure functions; any thread.
#ifndef PORTICO_CORE_PLAN_VARIABLE_TEXT_H_
#define PORTICO_CORE_PLAN_VARIABLE_TEXT_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"

namespace portico::plan {

// What stands between the braces, without white space around it, in order.
std::vector<std::string> VariablesOf(absl::string_view text);

// `text` with `value(name)` for each `{{name}}`. Braces that do not match stay.
std::string FillVariables(absl::string_view text,
                          absl::FunctionRef<std::string(absl::string_view name)> value);

// The environment variable that `name` means: the one that `variables`
// (Authentication::variables) give for it, with or without its namespace, else the one of
// that name ("env.HOST": HOST).
std::string EnvironmentVariableOf(
    absl::string_view name, const std::vector<std::pair<std::string, std::string>>& variables);

}  // namespace portico::plan

#endif  // PORTICO_CORE_PLAN_VARIABLE_TEXT_H_
