// A test of MCP over HTTP against a whole Portico and an upstream of the test's.
#ifndef PORTICO_TESTS_INTEGRATION_MCP_OVER_HTTP_H_
#define PORTICO_TESTS_INTEGRATION_MCP_OVER_HTTP_H_

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "absl/strings/string_view.h"
#include "tests/fakes/http_caller.h"
#include "tests/fakes/mcp_messages.h"
#include "tests/fakes/running_portico.h"
#include "tests/fakes/scripted_upstream.h"

namespace portico {

class McpOverHttp : public testing::Test {
 protected:
  using Response = fakes::HttpCaller::Response;

  McpOverHttp() : portico_({.upstream = upstream_.base_uri()}) {}

  Response Post(const std::string& body, absl::string_view fields = "",
                absl::string_view target = "/mcp") {
    fakes::HttpCaller caller(portico_.mcp_address());
    caller.Request("POST", target, fields, body);
    return caller.ReadResponse();
  }
  Response PostModern(const std::string& method, nlohmann::json params = nlohmann::json::object(),
                      const std::string& name = "") {
    return Post(fakes::ModernRequest(method, std::move(params)).dump(),
                fakes::ModernFields(method, name));
  }
  static int CodeOf(const Response& response) { return fakes::McpErrorCode(response.body); }

  fakes::ScriptedUpstream upstream_;
  fakes::RunningPortico portico_;
};

}  // namespace portico

#endif  // PORTICO_TESTS_INTEGRATION_MCP_OVER_HTTP_H_
