// MCP requests for tests, and what comes back.
//
// Pure functions; any thread.
#ifndef PORTICO_TESTS_FAKES_MCP_MESSAGES_H_
#define PORTICO_TESTS_FAKES_MCP_MESSAGES_H_

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace portico::fakes {

using Json = nlohmann::json;

// A legacy request.
Json McpRequest(const std::string& method, Json params = Json::object(), const Json& id = 1);
// What a modern request's `_meta` owes, beside `more`.
Json ModernMeta(Json more = Json::object(), const std::string& version = "2026-07-28");
// A modern request; its `_meta` is added to `params`.
Json ModernRequest(const std::string& method, Json params = Json::object());
// A tools/call with the id "c1"; `meta` is left out when null.
Json ToolCall(const std::string& tool, Json arguments, Json meta = nullptr);

// The header fields of a modern request, each line ended by CRLF.
std::string ModernFields(const std::string& method, const std::string& name = "",
                         const std::string& version = "2026-07-28");

// The code of an error response; 0 for anything else.
int McpErrorCode(const std::string& body);
// The messages of an event stream.
std::vector<Json> EventMessages(const std::string& body);

}  // namespace portico::fakes

#endif  // PORTICO_TESTS_FAKES_MCP_MESSAGES_H_
