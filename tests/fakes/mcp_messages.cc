#include "tests/fakes/mcp_messages.h"

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace portico::fakes {

Json McpRequest(const std::string& method, Json params, const Json& id) {
  return {{"jsonrpc", "2.0"}, {"id", id}, {"method", method}, {"params", std::move(params)}};
}

Json ModernMeta(Json more, const std::string& version) {
  more["io.modelcontextprotocol/protocolVersion"] = version;
  more["io.modelcontextprotocol/clientCapabilities"] = Json::object();
  return more;
}

Json ModernRequest(const std::string& method, Json params) {
  params["_meta"] = ModernMeta();
  return McpRequest(method, std::move(params));
}

Json ToolCall(const std::string& tool, Json arguments, Json meta) {
  Json params = {{"name", tool}, {"arguments", std::move(arguments)}};
  if (!meta.is_null()) params["_meta"] = std::move(meta);
  return McpRequest("tools/call", std::move(params), "c1");
}

std::string ModernFields(const std::string& method, const std::string& name,
                         const std::string& version) {
  return absl::StrCat("MCP-Protocol-Version: ", version, "\r\nMcp-Method: ", method, "\r\n",
                      name.empty() ? "" : absl::StrCat("Mcp-Name: ", name, "\r\n"));
}

int McpErrorCode(const std::string& body) {
  const Json message = Json::parse(body, nullptr, false);
  if (!message.is_object() || !message.contains("error")) return 0;
  return message["error"]["code"].get<int>();
}

std::vector<Json> EventMessages(const std::string& body) {
  std::vector<Json> messages;
  for (const absl::string_view line : absl::StrSplit(body, '\n')) {
    if (absl::StartsWith(line, "data: ")) messages.push_back(Json::parse(line.substr(6)));
  }
  return messages;
}

}  // namespace portico::fakes
