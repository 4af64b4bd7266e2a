// The one failure table: what an Outcome means, for every door. Pure; a test
// per row (failure_table_test.cc). The reasons behind the codes are in
// docs/adr/0006-statuses-by-meaning.md.
#ifndef PORTICO_CORE_INVOKE_FAILURE_TABLE_H_
#define PORTICO_CORE_INVOKE_FAILURE_TABLE_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "core/invoke/outcome.h"
#include "core/plan/plan.h"

namespace portico::invoke {

// Nullopt when the outcome is a success (2xx, arrived whole, as promised).
std::optional<CallError> ErrorOf(const Outcome& outcome, const plan::Operation& operation,
                                 const plan::Upstream& upstream, absl::Time now);

// A 2xx answer whose body is not what the operation promises. `detail` says
// what is wrong and where; the body itself is never quoted.
CallError MalformedResponse(const Outcome& outcome, const plan::Operation& operation,
                            const plan::Upstream& upstream, absl::string_view detail);

// Portico's own refusals, before anything goes upstream.
CallError InvalidFields(const plan::Operation& operation, std::vector<FieldViolation> violations);
CallError CredentialNotConfigured(const plan::Operation& operation,
                                  const std::vector<std::string>& missing_variables);
CallError VariableNotConfigured(const plan::Operation& operation,
                                const std::vector<std::string>& missing_variables);
CallError BaseUriNotConfigured(const plan::Operation& operation, const plan::Upstream& upstream);
CallError Overloaded(const plan::Operation& operation);
CallError ShuttingDown(const plan::Operation& operation);

}  // namespace portico::invoke

#endif  // PORTICO_CORE_INVOKE_FAILURE_TABLE_H_
