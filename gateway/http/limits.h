// What one caller may take of a listener: bytes, connections, time.
#ifndef PORTICO_GATEWAY_HTTP_LIMITS_H_
#define PORTICO_GATEWAY_HTTP_LIMITS_H_

#include <cstddef>

#include "absl/time/time.h"

namespace portico::http {

// Times are kept coarsely, by one look at all connections a second.
struct Limits {
  std::size_t target_bytes = 8 * 1024;      // more: 414
  std::size_t head_bytes = 16 * 1024;       // request line and fields; more: 431
  std::size_t fields = 100;                 // more: 431
  std::size_t unsent = 64 * 1024;           // of a response, before Write says kPause
  std::size_t connections = 10000;          // of this listener; one more gets 503 and is closed
  absl::Duration idle = absl::Seconds(75);  // between requests
  absl::Duration head = absl::Seconds(10);  // from its first byte to its last; else 408
  absl::Duration body_pause = absl::Seconds(30);  // between two reads of a body; else 408
  std::size_t body_rate = 256;  // bytes a second, of a body after its first pause; else 408
  absl::Duration send_pause = absl::Seconds(60);  // a reader that takes nothing; then closed
};

}  // namespace portico::http

#endif  // PORTICO_GATEWAY_HTTP_LIMITS_H_
