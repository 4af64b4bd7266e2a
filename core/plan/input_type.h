// The `type` of an input parameter, wherever a file declares one.
//
// Pure function; any thread.
#ifndef PORTICO_CORE_PLAN_INPUT_TYPE_H_
#define PORTICO_CORE_PLAN_INPUT_TYPE_H_

#include "core/capability/capability.h"
#include "core/capability/finding_log.h"
#include "core/plan/operation.h"

namespace portico::plan {

// In any case; `int`, `float`, `double` and `bool` too are read. Nothing is a string, and so,
// with a warning, is what is no type.
ValueType InputType(const capability::InputParameter& input, capability::FindingLog* log);

}  // namespace portico::plan

#endif  // PORTICO_CORE_PLAN_INPUT_TYPE_H_
