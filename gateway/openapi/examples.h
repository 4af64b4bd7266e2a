// Requests and answers as examples (gateway/openapi/examples): recorded from the
// vendor's own server, or from our stand-ins where the vendor's documents are all
// that is known. Each file says which.
//
// Pure functions over files in the binary, parsed each time; any thread.
#ifndef PORTICO_GATEWAY_OPENAPI_EXAMPLES_H_
#define PORTICO_GATEWAY_OPENAPI_EXAMPLES_H_

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "gateway/openapi/json.h"

namespace portico::openapi {

struct ExampleFile {
  absl::string_view name;  // "<namespace>.<operation>", or "<namespace>.errors"
  absl::string_view text;
};

absl::Span<const ExampleFile> ExampleFiles();

// Of an operation: {from, parameters?, request?, response?, events?}; of the errors
// of a namespace: status -> answer. Empty when there is none.
Json ExampleOf(absl::string_view name);

}  // namespace portico::openapi

#endif  // PORTICO_GATEWAY_OPENAPI_EXAMPLES_H_
