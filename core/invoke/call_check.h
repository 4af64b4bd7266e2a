// What keeps a call from being sent: its arguments, and variables that are missing.
//
// Pure functions; any thread.
#ifndef PORTICO_CORE_INVOKE_CALL_CHECK_H_
#define PORTICO_CORE_INVOKE_CALL_CHECK_H_

#include <string>
#include <vector>

#include "core/invoke/call.h"
#include "core/invoke/outcome.h"
#include "core/plan/operation.h"
#include "core/upstream/credential.h"

namespace portico::invoke {

// Everything that makes the arguments impossible to send: a required parameter
// without a value, an empty or dotted path segment, CR, LF or NUL in a value.
// Empty when the call can be built.
std::vector<FieldViolation> CheckArguments(const Call& call);

// The variables that constants of the operation need and the environment lacks, each as
// Credential::missing has it. Empty when the call can be built.
std::vector<std::string> MissingVariables(const plan::Operation& operation,
                                          const upstream::Credential& credential);

// Whether the caller's own Authorization goes in the place of the configured credential.
bool ReplacesCredential(const Call& call);

}  // namespace portico::invoke

#endif  // PORTICO_CORE_INVOKE_CALL_CHECK_H_
