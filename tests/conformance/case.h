// One behaviour of Portico, stated once for every door: what is asked, what the
// upstream answers, what it must have been asked, and what the caller gets.
#ifndef PORTICO_TESTS_CONFORMANCE_CASE_H_
#define PORTICO_TESTS_CONFORMANCE_CASE_H_

#include <nlohmann/json.hpp>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace portico::conformance {

struct Case {
  std::string name;                                     // a claim, in CamelCase
  std::string operation;                                // "<namespace>.<operation>"
  nlohmann::json arguments = nlohmann::json::object();  // by parameter name
  std::optional<nlohmann::json> body;                   // of the request

  int status = 200;  // of the upstream's answer
  std::string content_type = "application/json";
  std::string headers;  // further lines, each ended by CRLF
  std::string answer;   // its body, verbatim

  std::string want_method;  // empty: the upstream must not be asked
  std::string want_target;
  std::optional<nlohmann::json> want_body;

  std::string want_code = "OK";             // name of a google.rpc.Code
  std::string want_reason;                  // of a failure
  std::optional<nlohmann::json> want_json;  // of a success; nullopt: nothing
  std::vector<nlohmann::json> want_events;  // of a stream: {id?, event?, data}
};

// For GoogleTest's messages.
void PrintTo(const Case& printed, std::ostream* out);

// The cases of a file; aborts with the file's name and the case when one is not
// of the form that cases/README.md describes.
std::vector<Case> ReadCases(const std::string& path);

// What a door's client got, in the terms of a Case.
struct Result {
  std::string code;
  std::string reason;
  std::optional<nlohmann::json> json;
  std::vector<nlohmann::json> events;
};

// One way into a running Portico.
class Door {
 public:
  virtual ~Door() = default;
  virtual Result Call(const Case& request) = 0;
};

}  // namespace portico::conformance

#endif  // PORTICO_TESTS_CONFORMANCE_CASE_H_
