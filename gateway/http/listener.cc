#include "gateway/http/listener.h"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <utility>

#include "core/loop/event_loop_asio.h"
#include "gateway/http/connection.h"
#include "gateway/http/listen_socket.h"
#include "gateway/http/plain_transport.h"
#include "gateway/http/refusals.h"
#include "gateway/http/tls_transport.h"

namespace portico::http {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

// All time limits are kept by this one look at all connections.
constexpr absl::Duration kSweep = absl::Seconds(1);
constexpr absl::Duration kFastestSweep = absl::Milliseconds(10);
// Out of descriptors or memory: accepting again at once would only spin.
constexpr absl::Duration kAcceptPause = absl::Seconds(1);
// One turn of the loop, so that a burst of callers does not keep others waiting.
constexpr int kAcceptsPerTurn = 32;
// Connections beyond the limit that are told so; beyond these they are just closed.
constexpr std::size_t kRefusedAtOnce = 64;

class LoopListener : public Listener, private ListenerContext {
 public:
  LoopListener(LoopAcceptor acceptor, const ListenerOptions& options, RequestHandler* handler)
      : ListenerContext(handler, options.limits, options.tls != nullptr),
        identity_(options.tls),
        address_(AddressOf(acceptor)),
        acceptor_(std::move(acceptor)),
        accept_pause_(acceptor_.get_executor()),
        sweep_(acceptor_.get_executor()) {
    AwaitCaller();
    AwaitSweep();
  }
  ~LoopListener() override {
    drained_ = nullptr;
    StopAccepting();
    sweep_.cancel();
    while (!open.empty()) open.front()->Close();
  }

  const std::string& address() const override { return address_; }
  std::size_t connections() const override { return open.size(); }
  void Drain(absl::AnyInvocable<void() &&> drained) override;

 private:
  using Timer = asio::basic_waitable_timer<std::chrono::steady_clock,
                                           asio::wait_traits<std::chrono::steady_clock>,
                                           asio::io_context::executor_type>;

  // Asio runs cancelled handlers too, perhaps after the listener's end.
  template <typename F>
  auto WhileAlive(F f) {
    return [this, f, alive = std::weak_ptr<const bool>(alive_)](error_code error) {
      if (!alive.expired() && error != asio::error::operation_aborted) f();
    };
  }

  template <typename F>
  void EachConnection(F f) {  // which may close the one that it is given
    for (auto it = open.begin(); it != open.end();) {
      const std::shared_ptr<Connection> connection = *it++;
      f(*connection);
    }
  }

  void AwaitCaller();
  void AcceptSome();
  bool AcceptOne();
  void Admit(LoopSocket socket);
  std::unique_ptr<Transport> TransportOver(LoopSocket socket);
  void StopAccepting();
  void AwaitSweep();
  void Remove(Connections::iterator place) override;
  void TellWhenDrained();

  const std::shared_ptr<const TlsIdentity> identity_;
  const std::string address_;
  LoopAcceptor acceptor_;
  Timer accept_pause_;
  Timer sweep_;
  absl::AnyInvocable<void() &&> drained_;
  const std::shared_ptr<const bool> alive_ = std::make_shared<const bool>(true);
};

void LoopListener::AwaitCaller() {
  acceptor_.async_wait(asio::socket_base::wait_read, WhileAlive([this] { AcceptSome(); }));
}

void LoopListener::AcceptSome() {
  for (int i = 0; i < kAcceptsPerTurn; ++i) {
    if (!AcceptOne()) return;
  }
  AwaitCaller();
}

// False when there is nobody, or no way, left; then it is seen to that it goes on.
bool LoopListener::AcceptOne() {
  error_code error;
  LoopSocket socket(acceptor_.get_executor());
  acceptor_.accept(socket, error);
  if (!error) {
    Admit(std::move(socket));
    return true;
  }
  if (!acceptor_.is_open()) return false;
  if (error == asio::error::connection_aborted || error == asio::error::interrupted) return true;
  if (error == asio::error::would_block) {
    AwaitCaller();
    return false;
  }
  accept_pause_.expires_after(absl::ToChronoNanoseconds(kAcceptPause));
  accept_pause_.async_wait(WhileAlive([this] { AwaitCaller(); }));
  return false;
}

void LoopListener::Admit(LoopSocket socket) {
  const std::size_t before = connections();
  // Over TLS nothing can be said before a handshake.
  const std::size_t told = identity_ ? 0 : kRefusedAtOnce;
  if (before >= limits.connections + told) return;
  error_code ignored;
  socket.set_option(asio::ip::tcp::no_delay(true), ignored);
  auto connection = std::make_shared<Connection>(static_cast<ListenerContext*>(this),
                                                 TransportOver(std::move(socket)));
  connection->Start(open.insert(open.end(), connection));
  if (before >= limits.connections) connection->Refuse(TooManyConnections(limits.connections));
}

std::unique_ptr<Transport> LoopListener::TransportOver(LoopSocket socket) {
  if (identity_ == nullptr) return std::make_unique<PlainTransport>(std::move(socket));
  return std::make_unique<TlsTransport>(std::move(socket), identity_->Context().get());
}

void LoopListener::StopAccepting() {
  error_code ignored;
  acceptor_.close(ignored);
  accept_pause_.cancel();
}

void LoopListener::AwaitSweep() {
  const absl::Duration shortest =
      std::min({kSweep, limits.idle, limits.head, limits.body_pause, limits.send_pause});
  sweep_.expires_after(absl::ToChronoNanoseconds(std::max(shortest, kFastestSweep)));
  sweep_.async_wait(WhileAlive([this] {
    const auto now = Clock::now();
    EachConnection([now](Connection& connection) { connection.Sweep(now); });
    AwaitSweep();
  }));
}

void LoopListener::Drain(absl::AnyInvocable<void() &&> drained) {
  drained_ = std::move(drained);
  // Whoever has connected already is served.
  error_code error;
  while (acceptor_.is_open() && !error) {
    LoopSocket socket(acceptor_.get_executor());
    acceptor_.accept(socket, error);
    if (!error) Admit(std::move(socket));
  }
  StopAccepting();
  draining = true;
  EachConnection([](Connection& connection) { connection.Drain(); });
  TellWhenDrained();
}

void LoopListener::Remove(Connections::iterator place) {
  open.erase(place);
  TellWhenDrained();
}

// On a later turn: whoever is told may destroy the listener.
void LoopListener::TellWhenDrained() {
  if (!drained_ || connections() > 0) return;
  asio::post(acceptor_.get_executor(), [drained = std::exchange(drained_, nullptr),
                                        alive = std::weak_ptr<const bool>(alive_)]() mutable {
    if (!alive.expired()) std::move(drained)();
  });
}

}  // namespace

absl::StatusOr<std::unique_ptr<Listener>> Listener::Open(loop::EventLoop& loop,
                                                         const ListenerOptions& options,
                                                         RequestHandler* handler, bool shares) {
  auto acceptor = OpenListenSocket(loop::AsioContext(loop), options.address, shares);
  if (!acceptor.ok()) return acceptor.status();
  return std::make_unique<LoopListener>(*std::move(acceptor), options, handler);
}

}  // namespace portico::http
