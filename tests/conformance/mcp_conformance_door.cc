#include "tests/conformance/mcp_conformance_door.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "absl/strings/str_cat.h"
#include "tests/fakes/http_caller.h"

namespace portico::conformance {
namespace {

using nlohmann::json;

[[noreturn]] void Abort(const std::string& why) {
  std::fprintf(stderr, "McpConformanceDoor: %s\n", why.c_str());
  std::abort();
}

const plan::Tool& ToolOf(const plan::Plan& plan, const std::string& operation) {
  for (const plan::Tool& tool : plan.tools()) {
    if (tool.operation->id == operation) return tool;
  }
  Abort("no tool serves " + operation);
}

// Under the names of the arguments; a parameter that no binding names has its own.
json ArgumentsOf(const plan::Tool& tool, const Case& request) {
  json arguments = json::object();
  const auto add = [&](const std::string& parameter, const json& value) {
    const auto binding = std::find_if(tool.bindings.begin(), tool.bindings.end(),
                                      [&](const auto& one) { return one.parameter == parameter; });
    const bool implicit = binding == tool.bindings.end();
    arguments[implicit ? parameter : binding->caller_name] = value;
  };
  for (const auto& [name, value] : request.arguments.items()) add(name, value);
  if (request.body.has_value()) add("body", *request.body);
  return arguments;
}

// `data` as JSON: an MCP result holds it so, and the spelling of it is nobody's.
std::vector<json> EventsOf(const json& structured) {
  std::vector<json> events;
  for (const json& event : structured.value("events", json::array())) {
    json plain = {{"data", event.at("data")}};
    if (event.contains("id")) plain["id"] = event.at("id");
    if (event.contains("event") && event.at("event") != "message") {
      plain["event"] = event.at("event");
    }
    events.push_back(std::move(plain));
  }
  return events;
}

}  // namespace

Result McpConformanceDoor::Call(const Case& request) {
  const plan::Tool& tool = ToolOf(plan_, request.operation);
  const json call = {{"jsonrpc", "2.0"},
                     {"id", 1},
                     {"method", "tools/call"},
                     {"params", {{"name", tool.name}, {"arguments", ArgumentsOf(tool, request)}}}};
  fakes::HttpCaller caller(address_);
  caller.Request("POST", absl::StrCat("/mcp/", tool.operation->space), "", call.dump());
  const auto response = caller.ReadResponse();
  const json reply = json::parse(response.body, nullptr, false);
  if (response.status != 200 || !reply.is_object() || !reply.contains("result")) {
    Abort(absl::StrCat(request.name, ": ", response.status, " ", response.body));
  }
  const json& answer = reply.at("result");
  Result result;
  if (answer.at("isError") == true) {
    result.code = "ERROR";
    result.reason = answer.at("content").at(0).at("text");
    return result;
  }
  result.code = "OK";
  const json& structured = answer.at("structuredContent");
  if (tool.operation->stream) {
    result.events = EventsOf(structured);
  } else {
    result.json = structured;
  }
  return result;
}

}  // namespace portico::conformance
