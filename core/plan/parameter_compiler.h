// The inputs of one consumed operation: its parameters, its body, the headers
// that are sent with every call, and those that are never taken from a caller.
//
// Pure function; any thread.
#ifndef PORTICO_CORE_PLAN_PARAMETER_COMPILER_H_
#define PORTICO_CORE_PLAN_PARAMETER_COMPILER_H_

#include <cstddef>
#include <vector>

#include "core/capability/capability.h"
#include "core/capability/finding_log.h"
#include "core/plan/compiled_inputs.h"
#include "core/plan/path_template.h"

namespace portico::plan {

// More inputs than this for one operation are an error.
constexpr std::size_t kMaxInputs = 256;

// `levels` holds the `inputParameters` of the operation, its resource and its
// API, in this order: of two for one place the earlier counts.
CompiledInputs CompileInputs(
    const std::vector<const std::vector<capability::InputParameter>*>& levels,
    const PathTemplate& path, AuthorizationInput authorization,
    const capability::Position& operation, capability::FindingLog* log);

}  // namespace portico::plan

#endif  // PORTICO_CORE_PLAN_PARAMETER_COMPILER_H_
