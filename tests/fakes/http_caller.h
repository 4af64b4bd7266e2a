// A blocking HTTP/1.1 caller: one connection, raw bytes in and out, so that a test
// says and sees exactly what is sent.
//
// Threads: one. Reads give up after 20 s, so that a broken server fails a test
// instead of hanging it.
#ifndef PORTICO_TESTS_FAKES_HTTP_CALLER_H_
#define PORTICO_TESTS_FAKES_HTTP_CALLER_H_

#include <cstddef>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace portico::fakes {

class HttpCaller {
 public:
  struct Options {
    int receive_buffer_bytes = 0;  // SO_RCVBUF; 0: the system's
  };
  // Of "127.0.0.1:PORT" or "[::1]:PORT". Aborts when nobody listens there.
  explicit HttpCaller(const std::string& address) : HttpCaller(address, Options()) {}
  HttpCaller(const std::string& address, const Options& options);
  ~HttpCaller();
  HttpCaller(const HttpCaller&) = delete;
  HttpCaller& operator=(const HttpCaller&) = delete;

  // False when the server has closed; reading will tell more.
  bool Send(absl::string_view bytes);
  // Of what the socket takes without waiting.
  std::size_t SendSome(absl::string_view bytes);
  // A request with `Host: localhost`; with a body also its type (JSON) and length.
  // `fields`: further lines, each ended by CRLF.
  void Request(absl::string_view method, absl::string_view target, absl::string_view fields = "",
               absl::string_view body = "");
  void EndSending();
  void Close();

  // Takes what has arrived up to and including `end`; what has come, when the server
  // closes first.
  std::string ReadUntil(absl::string_view end);
  std::string ReadBytes(std::size_t count);
  // The rest, until the server's end.
  std::string ReadToEnd();
  // Whether the server has closed and nothing is left to read.
  bool AtEnd();
  bool was_reset() const { return was_reset_; }

  struct Response {
    int status = 0;  // 0: the server closed before a whole head
    std::string head;
    std::string body;  // without chunk marks
    bool whole = false;
    std::string text() const { return head + body; }
    // The first value of a field, trimmed; any case.
    std::optional<std::string> Header(absl::string_view name) const;
  };
  // One response, by its length, in chunks, or to the connection's end.
  Response ReadResponse(bool head_only = false);
  Response ReadHead();
  std::string ReadChunk();  // "" is the last one, or the end

 private:
  bool Fill();  // false at the end

  int socket_;
  std::string buffer_;
  bool was_reset_ = false;
};

}  // namespace portico::fakes

#endif  // PORTICO_TESTS_FAKES_HTTP_CALLER_H_
