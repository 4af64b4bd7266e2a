// Reads a request's JSON body as Backstage's OpenAPI validator does, and words
// what it refuses the same way.
//
// Threads: any.
#ifndef PORTICO_DEMO_BACKSTAGE_BODY_H_
#define PORTICO_DEMO_BACKSTAGE_BODY_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "demo/http_message.h"
#include "demo/json.h"

namespace portico::demo {

struct BodyProperty {
  const char* name;
  const char* type;  // string, object or array
  bool required;
};

// The body, an object with `properties` of the right types; the first finding in
// their order as InvalidArgument otherwise. Unknown properties pass. An empty body
// is an empty object. More than 10 MB is too large.
absl::StatusOr<Json> ReadBody(const Request& request, const std::vector<BodyProperty>& properties);

// The same for an object inside the body; `where` is its place, "request/body/...".
absl::Status CheckProperties(const Json& value, const std::string& where,
                             const std::vector<BodyProperty>& properties);

}  // namespace portico::demo

#endif  // PORTICO_DEMO_BACKSTAGE_BODY_H_
