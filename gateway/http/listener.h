// An HTTP/1.1 listener on one event loop. Strict where Beast alone is lax
// (docs/adr/0005-boost-beast-listener.md): what it hands to the handler is one
// unambiguous request.
//
// Threads: everything on the loop's thread; the loop and the handler must outlive
// it. Several listeners share one address, one per loop (SO_REUSEPORT).
#ifndef PORTICO_GATEWAY_HTTP_LISTENER_H_
#define PORTICO_GATEWAY_HTTP_LISTENER_H_

#include <cstddef>
#include <memory>
#include <string>

#include "absl/functional/any_invocable.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "core/loop/event_loop.h"
#include "gateway/http/request_handler.h"
#include "gateway/http/tls_identity.h"

namespace portico::http {

struct Limits {
  std::size_t target_bytes = 8 * 1024;      // more: 414
  std::size_t head_bytes = 16 * 1024;       // request line and fields; more: 431
  std::size_t fields = 100;                 // more: 431
  std::size_t unsent = 64 * 1024;           // of a response, before Write says kPause
  std::size_t connections = 10000;          // of this listener; one more gets 503 and is closed
  absl::Duration idle = absl::Seconds(75);  // between requests
  absl::Duration head = absl::Seconds(10);  // from its first byte to its last; else 408
  absl::Duration body_pause = absl::Seconds(30);  // between two reads of a body; else 408
  absl::Duration send_pause = absl::Seconds(60);  // a reader that takes nothing; then closed
};

struct ListenerOptions {
  std::string address;  // "127.0.0.1:8080", "[::1]:8080"; port 0 picks a free one
  Limits limits;
  std::shared_ptr<const TlsIdentity> tls;  // null: clear text
};

class Listener {
 public:
  // InvalidArgument for an address of another form; Unavailable when it cannot be
  // bound, naming the address and the reason, also when another process has it.
  // `shares`: the address is already bound by another listener of this process.
  static absl::StatusOr<std::unique_ptr<Listener>> Open(loop::EventLoop& loop,
                                                        const ListenerOptions& options,
                                                        RequestHandler* handler,
                                                        bool shares = false);
  // Closes all connections at once.
  virtual ~Listener() = default;

  virtual const std::string& address() const = 0;  // with the port that was bound
  virtual std::size_t connections() const = 0;

  // Accepts no more, closes idle connections, tells every receiver OnDrain, and
  // closes each connection after its response. `drained` runs once when none is left.
  virtual void Drain(absl::AnyInvocable<void() &&> drained) = 0;
};

}  // namespace portico::http

#endif  // PORTICO_GATEWAY_HTTP_LISTENER_H_
