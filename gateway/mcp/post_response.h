// The responses to a POST that are no event stream.
//
// Loop thread only.
#ifndef PORTICO_GATEWAY_MCP_POST_RESPONSE_H_
#define PORTICO_GATEWAY_MCP_POST_RESPONSE_H_

#include <vector>

#include "absl/strings/string_view.h"
#include "core/plan/header.h"
#include "gateway/http/request_handler.h"
#include "gateway/mcp/protocol_check.h"

namespace portico::mcp {

// `body` is JSON, or empty. `fields` are sent as well.
void RespondJson(http::ResponseWriter* writer, int status, absl::string_view body,
                 const std::vector<plan::Header>& fields);

// An error. `id` of the request, as JSON; empty where none was read.
void RespondRefused(http::ResponseWriter* writer, const Refusal& refusal, absl::string_view id,
                    const std::vector<plan::Header>& fields);

}  // namespace portico::mcp

#endif  // PORTICO_GATEWAY_MCP_POST_RESPONSE_H_
