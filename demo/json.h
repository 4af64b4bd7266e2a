// JSON as the stand-ins read and write it: key order kept, no exceptions out,
// errors in the words of the vendors' runtime (Node.js).
//
// Threads: any.
#ifndef PORTICO_DEMO_JSON_H_
#define PORTICO_DEMO_JSON_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "nlohmann/json.hpp"

namespace portico::demo {

using Json = nlohmann::ordered_json;

// InvalidArgument with Node's message when `text` is not one JSON value, or nests
// deeper than 200 levels (writing it back recurses).
absl::StatusOr<Json> ParseJson(absl::string_view text);

// Compact by default; `indent` as in JSON.stringify(value, null, indent). Bytes
// that are not UTF-8 become U+FFFD.
std::string Dump(const Json& value, int indent = -1);

// `text` as a JSON string, quotes included.
std::string Quote(absl::string_view text);

}  // namespace portico::demo

#endif  // PORTICO_DEMO_JSON_H_
