#include "gateway/http/tls_transport.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>

namespace portico::http {
namespace {

constexpr std::size_t kRecord = 16 * 1024;  // the most that one record of TLS carries

int SocketOf(BIO* bio) {
  return static_cast<int>(reinterpret_cast<std::intptr_t>(BIO_get_data(bio)));
}

int WriteSocket(BIO* bio, const char* bytes, int size) {
  BIO_clear_retry_flags(bio);
  const auto sent = ::send(SocketOf(bio), bytes, size, MSG_DONTWAIT | MSG_NOSIGNAL);
  if (sent < 0 && (errno == EAGAIN || errno == EINTR)) BIO_set_retry_write(bio);
  return static_cast<int>(sent);
}

int ReadSocket(BIO* bio, char* to, int size) {
  BIO_clear_retry_flags(bio);
  const auto got = ::recv(SocketOf(bio), to, size, MSG_DONTWAIT);
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) BIO_set_retry_read(bio);
  return static_cast<int>(got);
}

long Control(BIO*, int command, long, void*) { return command == BIO_CTRL_FLUSH ? 1 : 0; }

// OpenSSL's own socket BIO writes without MSG_NOSIGNAL: a caller that leaves would
// end the process by SIGPIPE.
const BIO_METHOD* SocketMethod() {
  static BIO_METHOD* const kMethod = [] {
    BIO_METHOD* made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "portico socket");
    BIO_meth_set_write(made, WriteSocket);
    BIO_meth_set_read(made, ReadSocket);
    BIO_meth_set_ctrl(made, Control);
    return made;
  }();
  return kMethod;
}

// What the next record is to carry: of the pieces, behind the first `offset` bytes.
// A long piece is taken where it lies.
absl::string_view NextRecord(absl::Span<const absl::string_view> pieces, std::size_t offset) {
  thread_local char gathered[kRecord];
  std::size_t size = 0;
  for (absl::string_view piece : pieces) {
    const std::size_t skipped = std::min(offset, piece.size());
    offset -= skipped;
    piece.remove_prefix(skipped);
    if (size == 0 && piece.size() >= kRecord) return piece.substr(0, kRecord);
    const std::size_t taken = std::min(piece.size(), kRecord - size);
    std::memcpy(gathered + size, piece.data(), taken);
    size += taken;
  }
  return {gathered, size};
}

}  // namespace

TlsTransport::TlsTransport(LoopSocket socket, SSL_CTX* context)
    : Transport(std::move(socket)), ssl_(SSL_new(context)) {
  BIO* bio = BIO_new(SocketMethod());
  BIO_set_data(bio, reinterpret_cast<void*>(static_cast<std::intptr_t>(fd())));
  BIO_set_init(bio, 1);
  SSL_set_bio(ssl_.get(), bio, bio);
  SSL_set_accept_state(ssl_.get());
}

Transport::Result TlsTransport::Read(char* to, std::size_t size) {
  ERR_clear_error();
  std::size_t got = 0;
  const int result = SSL_read_ex(ssl_.get(), to, size, &got);
  if (result == 1) return {Outcome::kDone, got};
  switch (SSL_get_error(ssl_.get(), result)) {
    case SSL_ERROR_WANT_READ:
      return {Outcome::kWouldBlock};
    case SSL_ERROR_WANT_WRITE:
      return {Outcome::kWantsWrite};
    case SSL_ERROR_ZERO_RETURN:
      return {Outcome::kEnd};
    default:
      ERR_clear_error();
      return {Outcome::kError};
  }
}

Transport::Result TlsTransport::Write(absl::Span<const absl::string_view> pieces) {
  std::size_t total = 0;
  for (;;) {
    const absl::string_view record = NextRecord(pieces, total);
    if (record.empty()) return {Outcome::kDone, total};
    ERR_clear_error();
    std::size_t sent = 0;
    const int result = SSL_write_ex(ssl_.get(), record.data(), record.size(), &sent);
    total += sent;
    if (result == 1) continue;
    // Nothing to read for is left: requests come after the handshake only.
    if (SSL_get_error(ssl_.get(), result) != SSL_ERROR_WANT_WRITE) {
      ERR_clear_error();
      return {Outcome::kError};
    }
    return {total > 0 ? Outcome::kDone : Outcome::kWouldBlock, total};
  }
}

void TlsTransport::ShutdownWrite() {
  ERR_clear_error();
  if (ready()) SSL_shutdown(ssl_.get());
  ERR_clear_error();
  ::shutdown(fd(), SHUT_WR);
}

}  // namespace portico::http
