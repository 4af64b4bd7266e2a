// The query of a request's target, taken apart.
//
// Pure; any thread.
#ifndef PORTICO_GATEWAY_REST_QUERY_STRING_H_
#define PORTICO_GATEWAY_REST_QUERY_STRING_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace portico::rest {

struct QueryPair {
  std::string name;
  std::string value;
};

// Pairs in their order, escapes undone, "+" read as a space as in HTML forms
// (WHATWG URL, 5.1). A name without "=" has an empty value; empty pairs are
// skipped. InvalidArgument naming the pair whose escape is incomplete.
absl::StatusOr<std::vector<QueryPair>> ParseQuery(absl::string_view query);

}  // namespace portico::rest

#endif  // PORTICO_GATEWAY_REST_QUERY_STRING_H_
