// A whole Portico inside the test's process, on free ports, with the built-in
// capabilities pointed at an upstream of the test's.
//
// Threads: one.
#ifndef PORTICO_TESTS_FAKES_RUNNING_PORTICO_H_
#define PORTICO_TESTS_FAKES_RUNNING_PORTICO_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "server/portico_server.h"

namespace portico::fakes {

class RunningPortico {
 public:
  struct Options {
    // All three APIs are called there: BASE/backstage, BASE/render, BASE/northflank.
    std::string upstream;
    // Every environment variable in capitals, as those of credentials are; empty: none is set.
    std::string token = "test-token";
    std::function<void(server::ServeOptions&)> configure = [](server::ServeOptions&) {};
    std::vector<std::string> unset = {};  // variables that have no value all the same
  };

  // Aborts the test when the server does not start.
  explicit RunningPortico(const Options& options);

  // Of the gRPC door, for a channel.
  const std::string& address() const { return address_; }
  // Of the REST door: "127.0.0.1:PORT".
  const std::string& rest_address() const { return rest_address_; }
  // Of the MCP door: "127.0.0.1:PORT".
  const std::string& mcp_address() const { return mcp_address_; }
  server::PorticoServer& server() { return *server_; }

 private:
  server::Log log_;
  std::unique_ptr<server::PorticoServer> server_;
  std::string address_;
  std::string rest_address_;
  std::string mcp_address_;
};

}  // namespace portico::fakes

#endif  // PORTICO_TESTS_FAKES_RUNNING_PORTICO_H_
