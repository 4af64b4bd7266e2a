// What an exposed operation, a tool or a function does.
//
// Pure functions; any thread.
#ifndef PORTICO_CORE_CAPABILITY_RECIPE_READER_H_
#define PORTICO_CORE_CAPABILITY_RECIPE_READER_H_

#include "core/capability/capability.h"
#include "core/capability/map_reader.h"

namespace portico::capability {

// `call` with `with`, of what can do nothing else.
Call ReadCall(MapReader& owner);

// Reads `inputParameters`, `ref`, `call` with `with`, `steps`, `mappings` and
// `outputParameters`. One of `call`, `steps`, `ref` and `outputParameters` must be there.
void ReadRecipe(MapReader& owner, Recipe* recipe);

}  // namespace portico::capability

#endif  // PORTICO_CORE_CAPABILITY_RECIPE_READER_H_
