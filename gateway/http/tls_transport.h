// TLS over a TCP socket: OpenSSL on the socket itself. Asio's own stream would keep
// 34 KB of buffers for each connection and turn every call into an operation.
#ifndef PORTICO_GATEWAY_HTTP_TLS_TRANSPORT_H_
#define PORTICO_GATEWAY_HTTP_TLS_TRANSPORT_H_

#include <openssl/ssl.h>

#include <memory>

#include "gateway/http/transport.h"

namespace portico::http {

// The server's side; shakes hands with the first reads.
class TlsTransport : public Transport {
 public:
  TlsTransport(LoopSocket socket, SSL_CTX* context);

  Result Read(char* to, std::size_t size) override;
  Result Write(absl::Span<const absl::string_view> pieces) override;
  bool pending() const override { return SSL_pending(ssl_.get()) > 0; }
  bool ready() const override { return SSL_is_init_finished(ssl_.get()) == 1; }
  // With close_notify (RFC 8446, 6.1).
  void ShutdownWrite() override;

 private:
  struct Free {
    void operator()(SSL* ssl) const { SSL_free(ssl); }
  };
  std::unique_ptr<SSL, Free> ssl_;
};

}  // namespace portico::http

#endif  // PORTICO_GATEWAY_HTTP_TLS_TRANSPORT_H_
