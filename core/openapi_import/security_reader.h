// How callers of an API prove themselves, out of an OpenAPI document's security schemes.
#ifndef PORTICO_CORE_OPENAPI_IMPORT_SECURITY_READER_H_
#define PORTICO_CORE_OPENAPI_IMPORT_SECURITY_READER_H_

#include <string>
#include <vector>

#include "core/openapi_import/api.h"
#include "core/openapi_import/reference_resolver.h"

namespace portico::openapi_import {

// An operation that is imported, as the document writes it.
struct SecuredOperation {
  std::string where;  // "GET /pets"
  const YamlNode* written = nullptr;
};

// The first alternative that can be served: of the document's `security` where an operation
// is held to it, else of the operations' own. Portico proves itself to an API in one way
// for all operations; so what some need besides, and what cannot be served, is logged. Of
// OAuth 2.0, the scopes of all operations are asked for.
std::vector<ApiCredential> ReadSecurity(const YamlNode& root,
                                        const std::vector<SecuredOperation>& operations,
                                        ReferenceResolver* resolver, capability::FindingLog* log);

}  // namespace portico::openapi_import

#endif  // PORTICO_CORE_OPENAPI_IMPORT_SECURITY_READER_H_
