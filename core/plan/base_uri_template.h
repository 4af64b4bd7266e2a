// A base URI with variables in it, `{name}` or `{{name}}`: of the host, the version, the
// account.
//
// Pure functions; any thread.
#ifndef PORTICO_CORE_PLAN_BASE_URI_TEMPLATE_H_
#define PORTICO_CORE_PLAN_BASE_URI_TEMPLATE_H_

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"

namespace portico::plan {

// What a name stands for; nullopt: nothing.
using BaseUriValues = std::function<std::optional<std::string>(const std::string& name)>;

struct FilledBaseUri {
  std::string uri;
  std::vector<std::string> missing;  // names without a value, which are left out of `uri`
};

FilledBaseUri FillBaseUri(absl::string_view written, const BaseUriValues& values);

// Values of the environment, by what names mean there (EnvironmentVariableOf). What is set
// but empty has none. Without `environment` nothing has.
BaseUriValues EnvironmentValues(std::vector<std::pair<std::string, std::string>> variables,
                                BaseUriValues environment);

}  // namespace portico::plan

#endif  // PORTICO_CORE_PLAN_BASE_URI_TEMPLATE_H_
