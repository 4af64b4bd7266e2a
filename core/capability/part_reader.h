// The parts that consumed and exposed operations have in common.
//
// Pure functions; any thread.
#ifndef PORTICO_CORE_CAPABILITY_PART_READER_H_
#define PORTICO_CORE_CAPABILITY_PART_READER_H_

#include <vector>

#include "absl/strings/string_view.h"
#include "core/capability/capability.h"
#include "core/capability/map_reader.h"

namespace portico::capability {

// `inputParameters`.
std::vector<InputParameter> ReadInputs(MapReader& owner);

// `outputParameters`; what is extracted stands under `mapping_key`: "value" or "mapping".
std::vector<OutputParameter> ReadOutputs(MapReader& owner, absl::string_view mapping_key);

// What stands in place of a part: `import`, `from`, `as`. Nothing else is read.
Import ReadImport(MapReader& owner);

// An `authentication`: Portico's with an API, or of callers with a door.
Authentication ReadAuthentication(MapReader& reader);

}  // namespace portico::capability

#endif  // PORTICO_CORE_CAPABILITY_PART_READER_H_
