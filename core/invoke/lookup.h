// A lookup step: entries of what an earlier step brought.
//
// Pure function; any thread.
#ifndef PORTICO_CORE_INVOKE_LOOKUP_H_
#define PORTICO_CORE_INVOKE_LOOKUP_H_

#include <optional>

#include "core/codec/json_allowance.h"
#include "core/codec/json_value.h"
#include "core/plan/composition.h"

namespace portico::invoke {

// `index`: a list of objects, or one. The first entry whose member has the text of
// `value`, with the fields that the lookup keeps; null for those that it lacks. Of a list
// of values: a list of the entries found for each, in their order. Nothing when none is found,
// and when copies of them outgrow `allowance`.
std::optional<codec::JsonValue> LookUp(const plan::Lookup& lookup, const codec::JsonValue& index,
                                       const codec::JsonValue& value,
                                       codec::JsonAllowance* allowance);

}  // namespace portico::invoke

#endif  // PORTICO_CORE_INVOKE_LOOKUP_H_
