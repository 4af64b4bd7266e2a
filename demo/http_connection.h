// One connection of the demo's HTTP server: reads requests, hands each to the
// handler as an Exchange, writes the answer, and goes on to the next.
//
// Threads: the loop's own. The io_context and the handler must outlive it.
#ifndef PORTICO_DEMO_HTTP_CONNECTION_H_
#define PORTICO_DEMO_HTTP_CONNECTION_H_

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <memory>

#include "demo/exchange.h"

namespace portico::demo {

// Bound to io_context, not any_io_executor: less memory and no type erasure.
using LoopSocket =
    boost::asio::basic_stream_socket<boost::asio::ip::tcp, boost::asio::io_context::executor_type>;

class HttpConnection {
 public:
  virtual ~HttpConnection() = default;

  // Closes the connection if it has waited for a request since before `since`.
  virtual void CloseIfIdle(std::chrono::steady_clock::time_point since) = 0;

  // Owns itself until it is closed. `handler` is not null.
  static std::weak_ptr<HttpConnection> Start(LoopSocket socket, const Handler* handler);
};

}  // namespace portico::demo

#endif  // PORTICO_DEMO_HTTP_CONNECTION_H_
