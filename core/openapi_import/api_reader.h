// An OpenAPI 3.0 or 3.1 document, YAML or JSON, as an Api. Nothing that a call needs is
// dropped without a finding.
//
// Pure function; any thread.
#ifndef PORTICO_CORE_OPENAPI_IMPORT_API_READER_H_
#define PORTICO_CORE_OPENAPI_IMPORT_API_READER_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "core/capability/finding_log.h"
#include "core/openapi_import/api.h"

namespace portico::openapi_import {

struct ImportOptions {
  std::string document_url = "";  // where the document came from; empty for a file
  std::string space = "";         // `namespace`; empty: made of the title
  std::string base_uri = "";      // instead of the document's servers
  // Only operations that have one of the tags, or whose path begins with one of the
  // paths; empty: all.
  std::vector<std::string> tags = {};
  std::vector<std::string> paths = {};
};

// Nullopt, with errors logged, when the document cannot be read or has no operation that
// was asked for. Other errors are logged with what could be read returned.
std::optional<Api> ReadApi(absl::string_view text, const ImportOptions& options,
                           capability::FindingLog* log);

}  // namespace portico::openapi_import

#endif  // PORTICO_CORE_OPENAPI_IMPORT_API_READER_H_
