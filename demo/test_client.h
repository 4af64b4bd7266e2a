// A tiny blocking HTTP/1.1 client: one connection, raw bytes in and out, so that a
// test sees exactly what was sent.
//
// Threads: one. Reads give up after 20 s, so that a broken server fails a test
// instead of hanging it.
#ifndef PORTICO_DEMO_TEST_CLIENT_H_
#define PORTICO_DEMO_TEST_CLIENT_H_

#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"

namespace portico::demo {

class TestClient {
 public:
  explicit TestClient(int port);  // of 127.0.0.1
  ~TestClient();
  TestClient(const TestClient&) = delete;
  TestClient& operator=(const TestClient&) = delete;

  void Send(absl::string_view bytes);
  // Sends a request with a Host, the bearer `token` and the body's length.
  void Request(absl::string_view method, absl::string_view target, absl::string_view token,
               absl::string_view body = "", absl::string_view more_headers = "");

  // Takes what has arrived up to and including `end`; what has come, when the
  // server closes first.
  std::string ReadUntil(absl::string_view end);
  std::string ReadBytes(std::size_t count);
  // True when the server has closed and nothing is left to read.
  bool AtEnd();

  // A whole response with a Content-Length or chunked body.
  struct Response {
    int status = 0;
    std::string head;  // status line and headers, without the empty line
    std::string body;  // without chunk marks
  };
  Response ReadResponse();
  std::string ReadChunk();  // "" is the last one

 private:
  bool Fill();  // false at the end

  int socket_;
  std::string buffer_;
};

// The port of "http://127.0.0.1:PORT/path".
int PortOf(absl::string_view uri);

}  // namespace portico::demo

#endif  // PORTICO_DEMO_TEST_CLIENT_H_
