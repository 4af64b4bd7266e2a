// How callers of an API prove themselves, out of an OpenAPI document's security schemes.
#ifndef PORTICO_CORE_OPENAPI_IMPORT_SECURITY_READER_H_
#define PORTICO_CORE_OPENAPI_IMPORT_SECURITY_READER_H_

#include <vector>

#include "core/openapi_import/api.h"
#include "core/openapi_import/reference_resolver.h"

namespace portico::openapi_import {

// The document's first alternative that can be served, else that of the first operation
// that has one: Portico proves itself to an API in one way for all operations. What is
// left out is logged.
std::vector<ApiCredential> ReadSecurity(const YamlNode& root, ReferenceResolver* resolver,
                                        capability::FindingLog* log);

}  // namespace portico::openapi_import

#endif  // PORTICO_CORE_OPENAPI_IMPORT_SECURITY_READER_H_
