// An HTTP/2 server over TLS for tests, run by Node.js (Debian package nodejs) in a
// process of its own.
//
// GET or POST anything: a JSON object with `version` ("2.0" or "1.1"), `connection`
// (a number), `method`, `path`, `headers` and `body` of the request. GET /large: 4 MiB.
// GET /hang: no answer. GET /until-abort: answered once a /hang has been cancelled.
#ifndef PORTICO_TESTS_FAKES_HTTP2_UPSTREAM_H_
#define PORTICO_TESTS_FAKES_HTTP2_UPSTREAM_H_

#include <sys/types.h>

#include <string>

#include "tests/fakes/test_certificate.h"

namespace portico::fakes {

class Http2Upstream {
 public:
  // Starts the server and waits until it listens. `certificate` must outlive it.
  explicit Http2Upstream(const TestCertificate& certificate);
  ~Http2Upstream();  // ends the process
  Http2Upstream(const Http2Upstream&) = delete;
  Http2Upstream& operator=(const Http2Upstream&) = delete;

  // False when there is no Node.js: skip the test.
  bool running() const { return port_ != 0; }
  std::string base_uri() const { return "https://127.0.0.1:" + std::to_string(port_); }

 private:
  pid_t process_ = 0;
  int input_ = -1;  // the server ends when this closes
  int port_ = 0;
};

}  // namespace portico::fakes

#endif  // PORTICO_TESTS_FAKES_HTTP2_UPSTREAM_H_
