// Names that may be anything, as identifiers of a .proto: buf's STANDARD style, and
// usable in the languages that code is generated for.
//
// Each depends on its own name alone, so it never changes because others come or go.
// Two names can give one identifier; unique_names.h tells them apart.
//
// Pure functions; any thread.
#ifndef PORTICO_CORE_SYNTHESIS_IDENTIFIER_H_
#define PORTICO_CORE_SYNTHESIS_IDENTIFIER_H_

#include <string>

#include "absl/strings/string_view.h"

namespace portico::synthesis {

// lower_snake_case: `taskId` -> task_id, `X-Api-Version` -> x_api_version,
// `a[b]` -> a_b. Keywords of Protobuf, C++ and Python get the suffix "_value", as do
// `body` and `unmodeled_json`, which requests have of their own; what would begin
// with a digit gets the prefix "field_"; a name without a letter or digit is "field".
std::string FieldIdentifier(absl::string_view name);

// PascalCase: `list-jobs` -> ListJobs. The prefix is "Call".
std::string MethodIdentifier(absl::string_view name);

// As FieldIdentifier, but the prefix is "api_" and keywords stay: one component of
// a package's name.
std::string PackageIdentifier(absl::string_view name);

}  // namespace portico::synthesis

#endif  // PORTICO_CORE_SYNTHESIS_IDENTIFIER_H_
