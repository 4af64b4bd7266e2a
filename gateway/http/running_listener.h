// A listener on a thread and a port of its own for tests.
//
// Threads: the test's own, except where it says "on the loop". Waiting gives up
// after 20 s, and the test fails.
#ifndef PORTICO_GATEWAY_HTTP_RUNNING_LISTENER_H_
#define PORTICO_GATEWAY_HTTP_RUNNING_LISTENER_H_

#include <functional>
#include <memory>
#include <string>
#include <thread>

#include "core/loop/event_loop.h"
#include "gateway/http/listener.h"
#include "gateway/http/request_handler.h"

namespace portico::http {

// Polls until `holds`; false after 20 s.
bool Eventually(const std::function<bool()>& holds);

class RunningListener : public RequestHandler {
 public:
  // On the loop.
  using OnBegin =
      std::function<std::unique_ptr<RequestReceiver>(const RequestHead&, ResponseWriter*)>;

  explicit RunningListener(OnBegin on_begin, Limits limits = Limits(),
                           std::shared_ptr<const TlsIdentity> tls = nullptr);
  ~RunningListener() override;

  const std::string& address() const { return address_; }
  // Runs `task` on the loop and waits for its end.
  void OnLoop(std::function<void()> task);
  std::size_t connections();
  Listener& listener() { return *listener_; }  // on the loop
  loop::EventLoop& loop() { return loop_; }

  std::unique_ptr<RequestReceiver> Begin(const RequestHead& head, ResponseWriter* writer) override {
    return on_begin_(head, writer);
  }

 private:
  OnBegin on_begin_;
  loop::EventLoop loop_;
  std::unique_ptr<Listener> listener_;
  std::string address_;
  std::thread thread_;
};

}  // namespace portico::http

#endif  // PORTICO_GATEWAY_HTTP_RUNNING_LISTENER_H_
