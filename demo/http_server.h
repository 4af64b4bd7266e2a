// A small HTTP/1.1 server for the stand-ins: keep-alive, chunked streams, one
// thread for all ports. Loopback only; no TLS, no compression.
//
// Threads: construct, Listen, Start and destroy from one thread; handlers and
// timers run on the server's own. After Stop none of them runs any more.
#ifndef PORTICO_DEMO_HTTP_SERVER_H_
#define PORTICO_DEMO_HTTP_SERVER_H_

#include <memory>

#include "absl/status/statusor.h"
#include "demo/exchange.h"
#include "demo/schedule.h"

namespace portico::demo {

class HttpServer {
 public:
  // `time_scale` multiplies the waits of schedule(); above 0.
  explicit HttpServer(double time_scale);
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  // Serves `handler` on a free port of 127.0.0.1, and returns the port. Idle
  // connections are closed after 6 s, as Node.js does. Before Start.
  absl::StatusOr<int> Listen(Handler handler);

  void Start();
  // Joins the thread. Exchanges and timers may be destroyed after this, but no
  // later than the server. Idempotent.
  void Stop();

  Schedule& schedule();

 private:
  struct Loop;
  std::unique_ptr<Loop> loop_;
};

}  // namespace portico::demo

#endif  // PORTICO_DEMO_HTTP_SERVER_H_
