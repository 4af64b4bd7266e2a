// An HTTP/1.1 listener on one event loop. Strict where Beast alone is lax
// (docs/adr/0005-boost-beast-listener.md): what it hands to the handler is one
// unambiguous request.
//
// Threads: everything on the loop's thread, and nothing from inside a call of the
// handler's or a receiver's; the loop and the handler must outlive it. Several
// listeners share one address, one per loop (SO_REUSEPORT).
#ifndef PORTICO_GATEWAY_HTTP_LISTENER_H_
#define PORTICO_GATEWAY_HTTP_LISTENER_H_

#include <cstddef>
#include <memory>
#include <string>

#include "absl/functional/any_invocable.h"
#include "absl/status/statusor.h"
#include "core/loop/event_loop.h"
#include "gateway/http/limits.h"
#include "gateway/http/request_handler.h"
#include "gateway/http/tls_identity.h"

namespace portico::http {

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
