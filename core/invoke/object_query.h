// An object in a query string: `filter[state]=open&filter[by][name]=x`.
//
// Pure function; any thread.
#ifndef PORTICO_CORE_INVOKE_OBJECT_QUERY_H_
#define PORTICO_CORE_INVOKE_OBJECT_QUERY_H_

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"

namespace portico::invoke {

// More than any server takes in a URI: names within names outgrow a caller's JSON by far.
constexpr std::size_t kMaxObjectQueryBytes = 1u << 20;

// One pair of name and value, neither percent-encoded, for each scalar in `json`, in
// order: members in brackets behind `name`, elements of arrays by their index
// (OpenAPI's style deepObject, for any depth as most servers read it). Texts stand
// without quotes; null is an empty value; empty objects and arrays are left out, since
// no query can say them. Nullopt when `json` is not one JSON object, or its names and texts
// would make more than kMaxObjectQueryBytes.
std::optional<std::vector<std::pair<std::string, std::string>>> ObjectPairs(absl::string_view name,
                                                                            absl::string_view json);

}  // namespace portico::invoke

#endif  // PORTICO_CORE_INVOKE_OBJECT_QUERY_H_
