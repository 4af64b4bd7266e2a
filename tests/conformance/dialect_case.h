// One thing that a capability file of dialect/ shows: what a caller says through each
// door, and the exact request that the upstream must get for it.
#ifndef PORTICO_TESTS_CONFORMANCE_DIALECT_CASE_H_
#define PORTICO_TESTS_CONFORMANCE_DIALECT_CASE_H_

#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace portico::conformance {

// What goes upstream, byte for byte.
struct ExpectedRequest {
  std::string method;
  std::string target;
  std::map<std::string, std::optional<std::string>> headers;  // nullopt: must be absent
  std::string body;
};

// Portico's own answer, when nothing goes upstream.
struct ExpectedRefusal {
  std::string code;    // gRPC
  int status = 0;      // REST
  std::string reason;  // gRPC and REST
  std::string says;    // stands in the words of every door
};

struct DialectCase {
  std::string name;
  std::string operation;     // "<namespace>.<operation>"
  nlohmann::json arguments;  // by parameter name: gRPC's, and MCP's unless `mcp` has them
  std::optional<nlohmann::json> body;
  std::string rest;         // "METHOD /target"; empty: it has no route
  std::string rest_fields;  // header lines, each ended by CRLF
  std::string rest_body;
  std::string tool;
  nlohmann::json mcp;

  int status = 200;  // of the upstream's answer
  std::string answer = R"({"ok":true})";

  std::optional<ExpectedRequest> request;
  std::optional<ExpectedRefusal> refusal;
};

// For GoogleTest's messages.
void PrintTo(const DialectCase& printed, std::ostream* out);

// The cases of a file; aborts, naming the case before it, at one that is not of this form.
std::vector<DialectCase> ReadDialectCases(const std::string& path);

}  // namespace portico::conformance

#endif  // PORTICO_TESTS_CONFORMANCE_DIALECT_CASE_H_
