// The environment variables that hold an imported API's secrets, the same in the
// capability file and in the overlay.
//
// Pure functions; any thread.
#ifndef PORTICO_CORE_OPENAPI_IMPORT_SECRET_NAMES_H_
#define PORTICO_CORE_OPENAPI_IMPORT_SECRET_NAMES_H_

#include <string>

#include "absl/strings/string_view.h"
#include "core/openapi_import/api.h"

namespace portico::openapi_import {

// "PET_STORE_TOKEN" of the namespace "pet-store" and "token".
std::string SecretName(const Api& api, absl::string_view what);

// The same for the key or cookie of `credential`: with the key's own name where the API
// wants several.
std::string KeyName(const Api& api, const ApiCredential& credential);

// "{{env.NAME}}".
std::string SecretReference(absl::string_view name);

}  // namespace portico::openapi_import

#endif  // PORTICO_CORE_OPENAPI_IMPORT_SECRET_NAMES_H_
