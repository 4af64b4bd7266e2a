#include "gateway/openapi/code_samples.h"

#include <google/protobuf/descriptor.h>

#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "core/plan/percent_encoding.h"
#include "gateway/openapi/parameters.h"

namespace portico::openapi {
namespace {

std::string Escaped(absl::string_view text) {
  std::string escaped;
  plan::AppendEncoded(text, &escaped);
  return escaped;
}

std::string Text(const Json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

// What a sample sends for a parameter: null when it leaves it out.
Json SampleValue(const RouteParameter& parameter) {
  if (!parameter.example.is_null() || !parameter.required) return parameter.example;
  const std::string blank = absl::AsciiStrToUpper(parameter.name);
  const bool list =
      parameter.parameter != nullptr && parameter.parameter->type == plan::ValueType::kArray;
  return list ? Json::array({blank}) : Json(blank);
}

void AppendQuery(const RouteParameter& parameter, const Json& value, std::string* url) {
  const Json values = value.is_array() ? value : Json::array({value});
  for (const Json& one : values) {
    absl::StrAppend(url, absl::StrContains(*url, "?") ? "&" : "?", Escaped(parameter.name), "=",
                    Escaped(Text(one)));
  }
}

std::string Curl(const Face& face, const std::string& rest) {
  std::string path = PathOf(face);
  std::string query;
  std::string headers;
  for (const RouteParameter& parameter : RouteParametersOf(face)) {
    const Json value = SampleValue(parameter);
    if (value.is_null()) continue;
    if (parameter.location == "path") {
      path = absl::StrReplaceAll(path,
                                 {{absl::StrCat("{", parameter.name, "}"), Escaped(Text(value))}});
    } else if (parameter.location == "query") {
      AppendQuery(parameter, value, &query);
    } else {
      absl::StrAppend(&headers, " \\\n  -H ",
                      ShellQuoted(absl::StrCat(parameter.name, ": ", Text(value))));
    }
  }
  std::string line = "curl";
  if (face.operation->stream) line += " -N";
  const std::string& method = face.route->http_method;
  if (method != "GET") absl::StrAppend(&line, method == "HEAD" ? " -I" : " -X " + method);
  absl::StrAppend(&line, " ", ShellQuoted(absl::StrCat(rest, path, query)), headers);
  if (TakesBody(face) && face.example.contains("request")) {
    absl::StrAppend(&line, " \\\n  -H 'Content-Type: application/json' \\\n  -d ",
                    ShellQuoted(face.example["request"].dump()));
  }
  return line;
}

// What grpcurl takes: the request message as JSON.
std::string Grpcurl(const Face& face, const std::string& grpc) {
  Json message = Json::object();
  for (const RouteParameter& parameter : RouteParametersOf(face)) {
    if (parameter.parameter == nullptr) continue;
    const auto* field = FieldOf(face, *parameter.parameter);
    const Json value = SampleValue(parameter);
    if (field != nullptr && !value.is_null()) message[field->json_name()] = value;
  }
  if (TakesBody(face) && face.example.contains("request")) {
    message.update(face.example["request"]);
  }
  absl::string_view address = grpc;
  const bool socket = absl::ConsumePrefix(&address, "unix:");
  return absl::StrCat("grpcurl -plaintext", socket ? " -unix" : "", " -d ",
                      ShellQuoted(message.dump()), " \\\n  ", address, " ",
                      face.method->path.substr(1));
}

Json ToolArguments(const Face& face) {
  Json arguments = Json::object();
  const std::vector<RouteParameter> parameters = RouteParametersOf(face);
  for (const plan::Binding& binding : face.tool->bindings) {
    if (binding.caller_name.empty()) continue;
    if (binding.parameter == "body" && face.example.contains("request")) {
      arguments[binding.caller_name] = face.example["request"];
    }
    for (const RouteParameter& parameter : parameters) {
      const Json value = SampleValue(parameter);
      if (value.is_null() || parameter.parameter == nullptr) continue;
      if (parameter.parameter->name == binding.parameter) arguments[binding.caller_name] = value;
    }
  }
  return arguments;
}

// At the endpoint of the tool's own API, where no other's has its name.
std::string ToolCall(const Face& face, const std::string& mcp) {
  const Json call = {{"jsonrpc", "2.0"},
                     {"id", 1},
                     {"method", "tools/call"},
                     {"params", {{"name", face.tool->name}, {"arguments", ToolArguments(face)}}}};
  return absl::StrCat("curl ", ShellQuoted(absl::StrCat(mcp, "/", face.operation->space)),
                      " \\\n  -H 'Content-Type: application/json' \\\n"
                      "  -H 'Accept: application/json, text/event-stream' \\\n  -d ",
                      ShellQuoted(call.dump()));
}

}  // namespace

std::string ShellQuoted(const std::string& text) {
  return absl::StrCat("'", absl::StrReplaceAll(text, {{"'", "'\\''"}}), "'");
}

Json CodeSamplesOf(const Face& face, const Doors& doors) {
  Json samples = Json::array();
  const auto add = [&samples](const char* label, std::string source) {
    samples.push_back({{"lang", "Shell"}, {"label", label}, {"source", std::move(source)}});
  };
  if (!doors.rest.empty()) add("curl", Curl(face, doors.rest));
  if (!doors.grpc.empty() && face.method != nullptr) add("grpcurl", Grpcurl(face, doors.grpc));
  if (!doors.mcp.empty() && face.tool != nullptr) add("MCP", ToolCall(face, doors.mcp));
  return samples;
}

}  // namespace portico::openapi
