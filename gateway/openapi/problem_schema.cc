#include "gateway/openapi/problem_schema.h"

namespace portico::openapi {
namespace {

Json Text(const char* description) { return {{"type", "string"}, {"description", description}}; }

}  // namespace

Json ProblemSchema() {
  return {
      {"type", "object"},
      {"description",
       "A problem of Portico's own (RFC 9457). An upstream's error never looks like this, and the "
       "field `Portico-Source` says `upstream` with it."},
      {"required", {"type", "title", "status", "detail", "reason"}},
      {"properties",
       {{"type", Text("`urn:portico:problem:` and the reason, e.g. "
                      "`urn:portico:problem:no-such-route`.")},
        {"title", Text("The same for every problem of the type.")},
        {"status", {{"type", "integer"}, {"description", "The HTTP status."}}},
        {"detail", Text("This time: what, where, and what to do.")},
        {"reason", Text("UPPER_SNAKE_CASE, for programs; the reason of gRPC's ErrorInfo.")},
        {"errors",
         {{"type", "array"},
          {"description", "What is wrong with the request, one for each place."},
          {"items",
           {{"type", "object"},
            {"required", {"field", "description"}},
            {"properties",
             {{"field", Text("The parameter, or the place in the body.")},
              {"description", Text("What is wrong with it.")}}}}}}}}},
      {"additionalProperties",
       {{"type", "string"},
        {"description", "Facts about this time, such as the upstream's host."}}}};
}

}  // namespace portico::openapi
