// The `type` of an input parameter, wherever a file declares one.
//
// Pure functions; any thread.
#ifndef PORTICO_CORE_PLAN_INPUT_TYPE_H_
#define PORTICO_CORE_PLAN_INPUT_TYPE_H_

#include <string>

#include "core/capability/capability.h"
#include "core/capability/finding_log.h"
#include "core/plan/operation.h"

namespace portico::plan {

// In any case; `int`, `float`, `double` and `bool` too are read. Nothing is a string, and so,
// with a warning, is what is no type.
ValueType InputType(const capability::InputParameter& input, capability::FindingLog* log);

// What `input` declares, to be sent as `name` at `location`.
Parameter DeclaredParameter(const capability::InputParameter& input, std::string name,
                            ParameterLocation location, capability::FindingLog* log);

}  // namespace portico::plan

#endif  // PORTICO_CORE_PLAN_INPUT_TYPE_H_
