// Clear text over a TCP socket.
#ifndef PORTICO_GATEWAY_HTTP_PLAIN_TRANSPORT_H_
#define PORTICO_GATEWAY_HTTP_PLAIN_TRANSPORT_H_

#include "gateway/http/transport.h"

namespace portico::http {

class PlainTransport : public Transport {
 public:
  using Transport::Transport;
  Result Read(char* to, std::size_t size) override;
  Result Write(absl::Span<const absl::string_view> pieces) override;
  void ShutdownWrite() override;
};

}  // namespace portico::http

#endif  // PORTICO_GATEWAY_HTTP_PLAIN_TRANSPORT_H_
