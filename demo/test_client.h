// A caller of the stand-ins for their tests: raw HTTP with a bearer token.
//
// Threads: one.
#ifndef PORTICO_DEMO_TEST_CLIENT_H_
#define PORTICO_DEMO_TEST_CLIENT_H_

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "tests/fakes/http_caller.h"

namespace portico::demo {

class TestClient : public fakes::HttpCaller {
 public:
  explicit TestClient(int port) : HttpCaller(absl::StrCat("127.0.0.1:", port)) {}

  // `more_headers`: lines, each ended by CRLF.
  void Request(absl::string_view method, absl::string_view target, absl::string_view token,
               absl::string_view body = "", absl::string_view more_headers = "") {
    HttpCaller::Request(method, target,
                        absl::StrCat("Authorization: Bearer ", token, "\r\n", more_headers), body);
  }
};

// The port of "http://127.0.0.1:PORT/path".
int PortOf(absl::string_view uri);

}  // namespace portico::demo

#endif  // PORTICO_DEMO_TEST_CLIENT_H_
