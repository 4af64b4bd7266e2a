// A caller's arguments as the inputs of a composition, and a composition's values as
// the arguments of a step.
//
// Pure functions; any thread.
#ifndef PORTICO_CORE_INVOKE_INPUT_VALUES_H_
#define PORTICO_CORE_INVOKE_INPUT_VALUES_H_

#include <optional>
#include <vector>

#include "core/codec/json_value.h"
#include "core/invoke/call.h"
#include "core/plan/composition.h"

namespace portico::invoke {

// The inputs by Operation::parameters, in the type that each has; what is left out is
// taken from the members of the body, where the operation has one that no step takes
// whole. A body that is no object becomes a violation of `call`, and what the body gives
// counts as an argument of it.
std::vector<std::optional<codec::JsonValue>> InputsOf(Call* call);

// The call of a step: lists become several values of a parameter, null and what is
// absent none. Operation, arguments and body; `caller` is the composition's call.
Call CallOf(const plan::Step& step, const plan::Values& values, const Call& caller);

}  // namespace portico::invoke

#endif  // PORTICO_CORE_INVOKE_INPUT_VALUES_H_
