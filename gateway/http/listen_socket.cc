#include "gateway/http/listen_socket.h"

#include <sys/socket.h>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace portico::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using ReusePort = asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;

absl::StatusOr<tcp::endpoint> ParseAddress(absl::string_view text) {
  const std::size_t colon = text.rfind(':');
  absl::string_view host = text.substr(0, colon);
  if (host == "localhost") host = "127.0.0.1";
  const bool bracketed = absl::StartsWith(host, "[") && absl::EndsWith(host, "]");
  if (bracketed) host = host.substr(1, host.size() - 2);
  std::uint32_t port = 0;
  error_code error;
  const auto ip = asio::ip::make_address(std::string(host), error);
  if (colon == absl::string_view::npos || error || ip.is_v6() != bracketed ||
      !absl::SimpleAtoi(text.substr(colon + 1), &port) || port > 65535) {
    return absl::InvalidArgumentError(absl::StrCat(
        "\"", text, "\" is no address to listen on; write it as 127.0.0.1:8080 or [::1]:8080"));
  }
  return tcp::endpoint(ip, static_cast<std::uint16_t>(port));
}

// Opens and binds.
error_code Bind(LoopAcceptor& acceptor, const tcp::endpoint& endpoint, bool shared) {
  error_code error;
  acceptor.open(endpoint.protocol(), error);
  if (!error) acceptor.set_option(asio::socket_base::reuse_address(true), error);
  if (!error && shared) acceptor.set_option(ReusePort(true), error);
  if (!error) acceptor.bind(endpoint, error);
  return error;
}

}  // namespace

absl::StatusOr<LoopAcceptor> OpenListenSocket(asio::io_context& context, const std::string& address,
                                              bool shares) {
  const auto endpoint = ParseAddress(address);
  if (!endpoint.ok()) return endpoint.status();
  error_code error;
  if (!shares && endpoint->port() != 0) {
    LoopAcceptor probe(context);
    error = Bind(probe, *endpoint, /*shared=*/false);
  }
  LoopAcceptor acceptor(context);
  if (!error) error = Bind(acceptor, *endpoint, /*shared=*/true);
  if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
  if (!error) acceptor.non_blocking(true, error);
  if (error) {
    return absl::UnavailableError(
        absl::StrCat("Cannot listen on ", address, ": ", error.message()));
  }
  return acceptor;
}

std::string AddressOf(const LoopAcceptor& acceptor) {
  error_code error;
  const tcp::endpoint endpoint = acceptor.local_endpoint(error);
  const std::string host = endpoint.address().to_string();
  return endpoint.address().is_v6() ? absl::StrCat("[", host, "]:", endpoint.port())
                                    : absl::StrCat(host, ":", endpoint.port());
}

}  // namespace portico::http
