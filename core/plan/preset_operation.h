// Inputs that a door's `with` fixes by variables: `with: {region: "{{env.REGION}}"}`.
//
// The operation with such inputs is a copy of the one that is called, with constants in the
// place of the parameters. So they are filled, checked for what is missing and kept out of
// texts as the constants of a consumed operation are, and no caller's text is ever filled.
//
// Pure function; any thread.
#ifndef PORTICO_CORE_PLAN_PRESET_OPERATION_H_
#define PORTICO_CORE_PLAN_PRESET_OPERATION_H_

#include <memory>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "core/capability/capability.h"
#include "core/plan/plan_draft.h"

namespace portico::plan {

// Null when `with` fixes nothing so: the entries whose text holds `{{env.NAME}}`, or a name that
// the file of `upstream` binds, and no `{{...}}` that is anything else. What `is_callers` says of
// what stands between the braces comes before a bound name. The copy still has the names of
// `called`, and DraftOperation::preset those of the entries.
//
// Not fixed are an `Authorization` that would stand in for the configured credential, and bodies
// that are not sent as JSON.
std::unique_ptr<DraftOperation> PresetOperation(
    const DraftOperation& called, const capability::Call& call, const Upstream& upstream,
    absl::FunctionRef<bool(absl::string_view name)> is_callers);

}  // namespace portico::plan

#endif  // PORTICO_CORE_PLAN_PRESET_OPERATION_H_
