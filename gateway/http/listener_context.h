// What the connections of one listener share. Memory that a connection needs only
// while it runs is here once instead of in ten thousand idle connections.
//
// Threads: the loop's.
#ifndef PORTICO_GATEWAY_HTTP_LISTENER_CONTEXT_H_
#define PORTICO_GATEWAY_HTTP_LISTENER_CONTEXT_H_

#include <algorithm>
#include <array>
#include <chrono>
#include <list>
#include <memory>
#include <string>

#include "absl/time/time.h"
#include "gateway/http/date_field.h"
#include "gateway/http/limits.h"
#include "gateway/http/request_handler.h"
#include "gateway/http/request_parser.h"

namespace portico::http {

class Connection;

struct ListenerContext {
  using Clock = std::chrono::steady_clock;
  using Connections = std::list<std::shared_ptr<Connection>>;

  ListenerContext(RequestHandler* handler, const Limits& limits, bool tls)
      : handler(handler), limits(limits), tls(tls), parser(limits) {}
  virtual ~ListenerContext() = default;

  // `from_now`, which may be infinite.
  static Clock::time_point Deadline(absl::Duration from_now) {
    constexpr absl::Duration kForever = absl::Hours(24 * 365);
    return Clock::now() + absl::ToChronoNanoseconds(std::min(from_now, kForever));
  }

  // The connection is closed; drops the listener's share in it.
  virtual void Remove(Connections::iterator place) = 0;

  RequestHandler* const handler;
  const Limits limits;
  const bool tls;
  bool draining = false;
  Connections open;

  RequestParser parser;
  DateField date;
  std::string response_head;                // the one being sent
  std::array<char, 64 * 1024> read_buffer;  // what one read brought
};

}  // namespace portico::http

#endif  // PORTICO_GATEWAY_HTTP_LISTENER_CONTEXT_H_
