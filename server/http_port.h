// One HTTP address served by every event loop: a listener and a door on each.
//
// Threads: everything from one thread that is none of the loops'. The shards must
// outlive it.
#ifndef PORTICO_SERVER_HTTP_PORT_H_
#define PORTICO_SERVER_HTTP_PORT_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "gateway/http/listener.h"
#include "gateway/http/request_handler.h"
#include "server/shard.h"

namespace portico::server {

class HttpPort {
 public:
  // Makes the door of one shard; called on its loop.
  using MakeDoor = std::function<std::unique_ptr<http::RequestHandler>(Shard&)>;

  // Errors as http::Listener::Open.
  static absl::StatusOr<std::unique_ptr<HttpPort>> Open(std::vector<Shard>& shards,
                                                        http::ListenerOptions options,
                                                        const MakeDoor& make_door);
  // Closes what is left at once.
  ~HttpPort();

  const std::string& address() const { return address_; }  // with the port that was bound

  // Accepts no more and tells open streams to end, at once.
  void BeginDrain();
  // Waits until no connection is left, at the latest until `deadline`.
  void AwaitDrained(absl::Time deadline);

 private:
  struct Front {
    Shard* shard = nullptr;
    std::unique_ptr<http::RequestHandler> door;
    std::unique_ptr<http::Listener> listener;
  };
  class Countdown;

  HttpPort() = default;

  std::string address_;
  std::vector<Front> fronts_;  // each used on its shard's loop
  std::shared_ptr<Countdown> undrained_;
};

}  // namespace portico::server

#endif  // PORTICO_SERVER_HTTP_PORT_H_
