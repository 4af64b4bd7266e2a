// The text of an OpenAPI document as a tree.
//
// Pure function; any thread.
#ifndef PORTICO_CORE_OPENAPI_IMPORT_DOCUMENT_H_
#define PORTICO_CORE_OPENAPI_IMPORT_DOCUMENT_H_

#include <memory>

#include "absl/strings/string_view.h"
#include "core/capability/finding_log.h"
#include "core/capability/yaml_tree.h"

namespace portico::openapi_import {

// Vendors' documents have up to 12 MB and a million values.
constexpr capability::YamlLimits kDocumentLimits = {32u << 20, 128, 8'000'000};

// Null, with an error logged, when it is neither YAML nor JSON or no OpenAPI 3.0 or 3.1.
std::shared_ptr<const capability::YamlNode> ReadDocument(absl::string_view text,
                                                         capability::FindingLog* log);

}  // namespace portico::openapi_import

#endif  // PORTICO_CORE_OPENAPI_IMPORT_DOCUMENT_H_
