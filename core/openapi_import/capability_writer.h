// An Api as a capability file in the dialect of the published ones: `consumes` with every
// operation, and each as a REST route and an MCP tool.
//
// Pure function; any thread.
#ifndef PORTICO_CORE_OPENAPI_IMPORT_CAPABILITY_WRITER_H_
#define PORTICO_CORE_OPENAPI_IMPORT_CAPABILITY_WRITER_H_

#include <nlohmann/json.hpp>

#include "core/openapi_import/api.h"

namespace portico::openapi_import {

using Json = nlohmann::ordered_json;

// The file's root mapping, in the order in which people read it.
Json WriteCapability(const Api& api);

}  // namespace portico::openapi_import

#endif  // PORTICO_CORE_OPENAPI_IMPORT_CAPABILITY_WRITER_H_
