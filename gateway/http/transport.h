// A connected socket, in clear text or TLS, without waiting: what is ready is done,
// and who wants to wait does so on socket().
//
// Threads: the loop's.
#ifndef PORTICO_GATEWAY_HTTP_TRANSPORT_H_
#define PORTICO_GATEWAY_HTTP_TRANSPORT_H_

#include <utility>
// Asio needs <utility> before it.
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace portico::http {

// Bound to io_context, not any_io_executor: less memory and no type erasure.
using LoopSocket =
    boost::asio::basic_stream_socket<boost::asio::ip::tcp, boost::asio::io_context::executor_type>;

class Transport {
 public:
  enum class Outcome {
    kDone,        // `bytes` were moved, at least one
    kWouldBlock,  // wait for the direction that was asked for
    kWantsWrite,  // a read that must wait for writability (TLS)
    kEnd,         // the peer has ended its side
    kError,
  };
  struct Result {
    Outcome outcome;
    std::size_t bytes = 0;
  };

  explicit Transport(LoopSocket socket);
  virtual ~Transport() = default;
  Transport(const Transport&) = delete;
  Transport& operator=(const Transport&) = delete;

  virtual Result Read(char* to, std::size_t size) = 0;
  // In their order, as far as they go. After kWouldBlock the next call must begin
  // with the same bytes, wherever they lie by then.
  virtual Result Write(absl::Span<const absl::string_view> pieces) = 0;
  // Bytes can be read though the socket may not become readable.
  virtual bool pending() const { return false; }
  // Whether requests can come yet: TLS shakes hands first.
  virtual bool ready() const { return true; }
  // Ends our side; the peer can tell it from a loss.
  virtual void ShutdownWrite() = 0;

  LoopSocket& socket() { return socket_; }
  // The IP address at the other end; empty when it was gone already.
  const std::string& peer() const { return peer_; }
  // Closes so that the peer sees an error and not an end.
  void Reset();
  void Close();

 protected:
  int fd() { return socket_.native_handle(); }

 private:
  LoopSocket socket_;
  std::string peer_;
};

}  // namespace portico::http

#endif  // PORTICO_GATEWAY_HTTP_TRANSPORT_H_
