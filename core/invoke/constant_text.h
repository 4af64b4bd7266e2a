// A text of a capability file with its variables: of a constant that goes with every call.
//
// Pure function; any thread.
#ifndef PORTICO_CORE_INVOKE_CONSTANT_TEXT_H_
#define PORTICO_CORE_INVOKE_CONSTANT_TEXT_H_

#include <string>

#include "absl/strings/string_view.h"
#include "core/plan/variable_text.h"
#include "core/upstream/credential.h"

namespace portico::invoke {

// `credential` has every variable of `text` (MissingVariables, call_check.h).
inline std::string Filled(absl::string_view text, const upstream::Credential& credential) {
  return plan::FillVariables(
      text, [&](absl::string_view name) { return credential.variables.find(name)->second.value; });
}

}  // namespace portico::invoke

#endif  // PORTICO_CORE_INVOKE_CONSTANT_TEXT_H_
