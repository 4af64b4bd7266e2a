// What a connection still has to send. Bytes go to the socket at once and without a
// copy as far as it takes them; only the rest is kept.
//
// Threads: the loop's.
#ifndef PORTICO_GATEWAY_HTTP_OUTPUT_QUEUE_H_
#define PORTICO_GATEWAY_HTTP_OUTPUT_QUEUE_H_

#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "gateway/http/transport.h"

namespace portico::http {

class OutputQueue {
 public:
  static constexpr std::size_t kMaxPieces = 4;

  // To be sent with what comes next.
  std::string* held() { return &bytes_; }
  // Sends what is kept and then `pieces`, at most kMaxPieces; while blocked() only
  // keeps them. False when the peer is gone.
  bool Send(Transport& transport, absl::Span<const absl::string_view> pieces);
  // Tries again now that the socket can be written.
  bool Resume(Transport& transport);

  // The socket takes no more for now; Resume when it does.
  bool blocked() const { return blocked_; }
  std::size_t size() const { return bytes_.size() - sent_; }
  // Gives memory back while there is nothing to send.
  void Shrink();

 private:
  std::string bytes_;
  std::size_t sent_ = 0;  // of bytes_
  bool blocked_ = false;
};

}  // namespace portico::http

#endif  // PORTICO_GATEWAY_HTTP_OUTPUT_QUEUE_H_
