// One request's answer, as a stand-in gives it: whole with Reply, or in pieces
// with Open, Write and End.
//
// Threads: the server's own. An exchange may outlive its connection; calls then
// do nothing. Destroyed before it is answered, it closes the connection.
#ifndef PORTICO_DEMO_EXCHANGE_H_
#define PORTICO_DEMO_EXCHANGE_H_

#include <functional>
#include <memory>
#include <string>

#include "absl/functional/any_invocable.h"
#include "absl/strings/string_view.h"
#include "demo/http_message.h"

namespace portico::demo {

// `lines` are whole header lines, each ending in CR LF, spelled as the vendor
// spells them. The server adds Content-Length or Transfer-Encoding, Date,
// Connection and Keep-Alive.
struct ResponseHead {
  int status = 200;
  std::string lines;
};

class Exchange {
 public:
  virtual ~Exchange() = default;

  // The whole answer; a 204 has no body and no Content-Length.
  virtual void Reply(const ResponseHead& head, absl::string_view body) = 0;

  // The head of a chunked answer. Nothing is sent before, not even the status.
  virtual void Open(const ResponseHead& head) = 0;
  // One chunk. What is written in one turn of the server leaves in one send. A
  // caller that leaves 4 MiB unread loses its connection.
  virtual void Write(absl::string_view chunk) = 0;
  // The zero chunk; the connection stays for the next request.
  virtual void End() = 0;

  // Called at most once, if the caller goes away before the answer is whole. It
  // may destroy the exchange.
  virtual void OnGone(absl::AnyInvocable<void() &&> gone) = 0;
};

using Handler = std::function<void(const Request&, std::unique_ptr<Exchange>)>;

}  // namespace portico::demo

#endif  // PORTICO_DEMO_EXCHANGE_H_
