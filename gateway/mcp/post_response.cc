#include "gateway/mcp/post_response.h"

#include "gateway/http/problem.h"
#include "gateway/mcp/json_rpc.h"

namespace portico::mcp {

void RespondJson(http::ResponseWriter* writer, int status, absl::string_view body,
                 const std::vector<plan::Header>& fields) {
  http::ResponseHead head(status);
  if (!body.empty()) head.Add("Content-Type", "application/json");
  head.Add(http::kSourceField, "portico");
  for (const plan::Header& field : fields) head.Add(field.name, field.value);
  writer->Respond(head, body);
}

void RespondRefused(http::ResponseWriter* writer, const Refusal& refusal, absl::string_view id,
                    const std::vector<plan::Header>& fields) {
  RespondJson(writer, refusal.status, ErrorText(id, refusal.error), fields);
}

}  // namespace portico::mcp
