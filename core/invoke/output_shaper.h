// Makes the answer that a capability file describes.
//
// Pure function; any thread.
#ifndef PORTICO_CORE_INVOKE_OUTPUT_SHAPER_H_
#define PORTICO_CORE_INVOKE_OUTPUT_SHAPER_H_

#include <optional>

#include "core/codec/json_value.h"
#include "core/plan/output.h"

namespace portico::invoke {

// `document`: what mappings look into; null when nothing was called. Numbers keep their
// spelling. What is not found is null in a document; without one it is left out. Where a
// list is mapped to, the items' mappings look into each element; what is no list there is
// null. Texts by `value` become numbers and booleans where the type says so and they can be.
// Once more than `values.allowance` was copied, what comes is of no use.
std::optional<codec::JsonValue> ShapeOutput(const plan::Output& output,
                                            const codec::JsonValue* document,
                                            const plan::Values& values);

}  // namespace portico::invoke

#endif  // PORTICO_CORE_INVOKE_OUTPUT_SHAPER_H_
