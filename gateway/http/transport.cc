#include "gateway/http/transport.h"

namespace portico::http {

Transport::Transport(LoopSocket socket) : socket_(std::move(socket)) {
  boost::system::error_code gone;
  const auto endpoint = socket_.remote_endpoint(gone);
  if (!gone) peer_ = endpoint.address().to_string();
}

void Transport::Reset() {
  boost::system::error_code ignored;
  socket_.set_option(boost::asio::socket_base::linger(true, 0), ignored);
  Close();
}

void Transport::Close() {
  boost::system::error_code ignored;
  socket_.close(ignored);
}

}  // namespace portico::http
