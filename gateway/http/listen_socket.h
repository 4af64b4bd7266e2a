// A socket that listens on an address, alone or beside others of this process.
//
// Threads: the loop's.
#ifndef PORTICO_GATEWAY_HTTP_LISTEN_SOCKET_H_
#define PORTICO_GATEWAY_HTTP_LISTEN_SOCKET_H_

#include <utility>
// Asio needs <utility> before it.
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <string>

#include "absl/status/statusor.h"

namespace portico::http {

using LoopAcceptor = boost::asio::basic_socket_acceptor<boost::asio::ip::tcp,
                                                        boost::asio::io_context::executor_type>;

// "127.0.0.1:8080" or "[::1]:8080". The socket does not block and shares its address
// (SO_REUSEPORT), so that the kernel spreads connections over the loops. Unless
// `shares`, Unavailable when anyone has the address already: a second server would
// otherwise silently take half of the traffic.
absl::StatusOr<LoopAcceptor> OpenListenSocket(boost::asio::io_context& context,
                                              const std::string& address, bool shares);

// As OpenListenSocket takes it.
std::string AddressOf(const LoopAcceptor& acceptor);

}  // namespace portico::http

#endif  // PORTICO_GATEWAY_HTTP_LISTEN_SOCKET_H_
