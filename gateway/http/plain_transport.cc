#include "gateway/http/plain_transport.h"

#include <sys/socket.h>
#include <sys/uio.h>

#include <array>
#include <cerrno>

namespace portico::http {
namespace {

Transport::Result Failure() {
  const bool later = errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
  return {later ? Transport::Outcome::kWouldBlock : Transport::Outcome::kError};
}

}  // namespace

Transport::Result PlainTransport::Read(char* to, std::size_t size) {
  const auto got = ::recv(fd(), to, size, MSG_DONTWAIT);
  if (got < 0) return Failure();
  if (got == 0) return {Outcome::kEnd};
  return {Outcome::kDone, static_cast<std::size_t>(got)};
}

Transport::Result PlainTransport::Write(absl::Span<const absl::string_view> pieces) {
  std::array<iovec, 8> vectors;
  msghdr message{};
  message.msg_iov = vectors.data();
  for (const absl::string_view piece : pieces) {
    if (piece.empty()) continue;
    if (message.msg_iovlen == vectors.size()) break;
    vectors[message.msg_iovlen++] = {const_cast<char*>(piece.data()), piece.size()};
  }
  const auto sent = ::sendmsg(fd(), &message, MSG_DONTWAIT | MSG_NOSIGNAL);
  if (sent < 0) return Failure();
  return {Outcome::kDone, static_cast<std::size_t>(sent)};
}

void PlainTransport::ShutdownWrite() { ::shutdown(fd(), SHUT_WR); }

}  // namespace portico::http
