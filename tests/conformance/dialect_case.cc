#include "tests/conformance/dialect_case.h"

#include <stdexcept>

#include "tests/conformance/case_file.h"

namespace portico::conformance {
namespace {

using nlohmann::json;

ExpectedRequest ReadRequest(const json& text) {
  ExpectedRequest request;
  request.method = text.at("method");
  request.target = text.at("target");
  for (const auto& [name, value] : text.at("headers").items()) {
    request.headers[name] =
        value.is_null() ? std::nullopt : std::optional<std::string>(value.get<std::string>());
  }
  request.body = text.at("body");
  return request;
}

DialectCase ReadCase(const json& text) {
  CheckKeys(text, {"name", "operation", "arguments", "body", "rest", "tool", "mcp", "upstream",
                   "rest_body", "request", "refusal", "rest_headers"});
  DialectCase read;
  read.name = text.at("name");
  read.operation = text.at("operation");
  read.arguments = text.value("arguments", json::object());
  if (text.contains("body")) read.body = text.at("body");
  read.rest = text.value("rest", "");
  read.rest_fields = text.value("rest_headers", "");
  read.rest_body = text.value("rest_body", read.body.has_value() ? read.body->dump() : "");
  read.tool = text.at("tool");
  read.mcp = read.arguments;
  if (read.body.has_value()) read.mcp["body"] = *read.body;
  if (text.contains("mcp")) read.mcp = text.at("mcp");
  const json upstream = text.value("upstream", json::object());
  read.status = upstream.value("status", read.status);
  read.answer = upstream.value("text", read.answer);
  if (text.contains("request")) read.request = ReadRequest(text.at("request"));
  if (text.contains("refusal")) {
    const json& refusal = text.at("refusal");
    read.refusal = {refusal.at("code"), refusal.at("status"), refusal.at("reason"),
                    refusal.at("says")};
  }
  if (read.request.has_value() == read.refusal.has_value()) {
    throw std::invalid_argument("needs either a request or a refusal");
  }
  return read;
}

}  // namespace

void PrintTo(const DialectCase& printed, std::ostream* out) { *out << printed.name; }

std::vector<DialectCase> ReadDialectCases(const std::string& path) {
  return ReadCaseFile(path, &ReadCase);
}

}  // namespace portico::conformance
