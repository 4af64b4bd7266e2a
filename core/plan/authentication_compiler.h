// An `authentication` as a file writes it, checked: of a consumed API, or of callers.
//
// Not thread-safe. What it is made of must outlive it.
#ifndef PORTICO_CORE_PLAN_AUTHENTICATION_COMPILER_H_
#define PORTICO_CORE_PLAN_AUTHENTICATION_COMPILER_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "core/capability/capability.h"
#include "core/capability/finding_log.h"
#include "core/plan/plan.h"

namespace portico::plan {

class AuthenticationCompiler {
 public:
  AuthenticationCompiler(const capability::Authentication& written, capability::FindingLog* log)
      : written_(written), log_(log) {}

  // Without `variables`. What its type needs and it lacks is an error.
  Authentication Compile();

 private:
  void CompileApiKey(Authentication* compiled);
  // Half a variable would be sent as it is written.
  std::string Whole(const capability::Text& text, absl::string_view key);
  std::string Need(const capability::Text& text, absl::string_view key, absl::string_view type);

  const capability::Authentication& written_;
  capability::FindingLog* log_;
};

// Authentication::variables of a file with these binds.
std::vector<std::pair<std::string, std::string>> VariablesOf(
    const std::vector<capability::Bind>& binds);

}  // namespace portico::plan

#endif  // PORTICO_CORE_PLAN_AUTHENTICATION_COMPILER_H_
