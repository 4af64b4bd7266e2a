#include "demo/http_server.h"

#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <list>
#include <thread>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "demo/asio_schedule.h"
#include "demo/http_connection.h"

namespace portico::demo {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using Clock = std::chrono::steady_clock;
using Tcp = asio::ip::tcp;

constexpr int kBacklog = 4096;
constexpr auto kSweep = std::chrono::seconds(1);
// Node.js announces 5 s and closes a second later.
constexpr auto kIdle = std::chrono::seconds(6);
// When accept fails (no file descriptors left), others must close first.
constexpr auto kAcceptPause = std::chrono::milliseconds(50);

}  // namespace

struct HttpServer::Loop {
  explicit Loop(double time_scale) : schedule(&io, time_scale), sweep(io) {}

  struct Port {
    Port(asio::io_context& io, Handler handler)
        : acceptor(io), pause(io), handler(std::move(handler)) {}
    asio::basic_socket_acceptor<Tcp, asio::io_context::executor_type> acceptor;
    asio::basic_waitable_timer<Clock, asio::wait_traits<Clock>, asio::io_context::executor_type>
        pause;
    Handler handler;
  };

  void Accept(Port* port) {
    port->acceptor.async_accept(io, [this, port](error_code error, LoopSocket socket) {
      if (!error) {
        connections.push_back(HttpConnection::Start(std::move(socket), &port->handler));
        return Accept(port);
      }
      port->pause.expires_after(kAcceptPause);
      port->pause.async_wait([this, port](error_code) { Accept(port); });
    });
  }

  void Sweep() {
    sweep.expires_after(kSweep);
    sweep.async_wait([this](error_code) {
      const auto since = Clock::now() - kIdle;
      connections.remove_if([since](const std::weak_ptr<HttpConnection>& weak) {
        const auto connection = weak.lock();
        if (connection != nullptr) connection->CloseIfIdle(since);
        return connection == nullptr;
      });
      Sweep();
    });
  }

  asio::io_context io{1};
  AsioSchedule schedule;
  std::list<Port> ports;  // addresses stay
  std::list<std::weak_ptr<HttpConnection>> connections;
  asio::basic_waitable_timer<Clock, asio::wait_traits<Clock>, asio::io_context::executor_type>
      sweep;
  std::thread thread;
};

HttpServer::HttpServer(double time_scale) : loop_(std::make_unique<Loop>(time_scale)) {}

HttpServer::~HttpServer() { Stop(); }

absl::StatusOr<int> HttpServer::Listen(Handler handler) {
  Loop::Port& port = loop_->ports.emplace_back(loop_->io, std::move(handler));
  const Tcp::endpoint any_port(asio::ip::address_v4::loopback(), 0);
  error_code error;
  port.acceptor.open(any_port.protocol(), error);
  if (!error) port.acceptor.bind(any_port, error);
  if (!error) port.acceptor.listen(kBacklog, error);
  if (error) {
    return absl::UnavailableError(
        absl::StrCat("demo: cannot listen on 127.0.0.1: ", error.message()));
  }
  loop_->Accept(&port);
  return port.acceptor.local_endpoint().port();
}

void HttpServer::Start() {
  loop_->Sweep();
  loop_->thread = std::thread([this] { loop_->io.run(); });
}

void HttpServer::Stop() {
  loop_->io.stop();
  if (loop_->thread.joinable()) loop_->thread.join();
}

Schedule& HttpServer::schedule() { return loop_->schedule; }

}  // namespace portico::demo
