// A base URI with variables in it, `{name}` or `{{name}}`: of the host, the version, the
// account.
//
// Pure functions; any thread.
#ifndef PORTICO_CORE_PLAN_BASE_URI_TEMPLATE_H_
#define PORTICO_CORE_PLAN_BASE_URI_TEMPLATE_H_

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "core/capability/capability.h"

namespace portico::plan {

// What a name stands for; nullopt: nothing.
using BaseUriValues = std::function<std::optional<std::string>(const std::string& name)>;

struct FilledBaseUri {
  std::string uri;
  std::vector<std::string> missing;  // names without a value, which are left out of `uri`
};

FilledBaseUri FillBaseUri(absl::string_view written, const BaseUriValues& values);

// The environment variable that `name` means: the one that `binds` give for it, with or
// without its namespace, else the one of that name ("env.HOST": HOST).
std::string EnvironmentVariableOf(absl::string_view name,
                                  const std::vector<capability::Bind>& binds);

// Values of the environment by these names. What is set but empty has none. All but
// `environment`, which is copied, must outlive the answer.
BaseUriValues EnvironmentValues(const std::vector<capability::Bind>& binds,
                                BaseUriValues environment);

}  // namespace portico::plan

#endif  // PORTICO_CORE_PLAN_BASE_URI_TEMPLATE_H_
