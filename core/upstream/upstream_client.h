// Moves one HTTP exchange with an upstream API. libcurl is its first engine
// (curl_client.h); nothing above this header may know which engine runs.
//
// Threads: one client per event loop; every call and callback on that loop's
// thread. An HTTP status, whatever its number, is a response; only what keeps a
// response from arriving whole is a failure.
#ifndef PORTICO_CORE_UPSTREAM_UPSTREAM_CLIENT_H_
#define PORTICO_CORE_UPSTREAM_UPSTREAM_CLIENT_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace portico::upstream {

struct Header {
  std::string name;
  std::string value;
};

struct Limits {
  std::size_t head_bytes = 64 * 1024;          // all header lines of the response
  std::size_t head_lines = 200;
  std::size_t body_bytes = 32 * 1024 * 1024;   // after decompression; not for streams
  absl::Duration connect = absl::Seconds(3);   // DNS, TCP and TLS together
};

struct UpstreamRequest {
  std::string method;
  std::string url;                   // absolute, percent-encoded; sent verbatim
  std::vector<Header> headers;       // no CR, LF or NUL; names are tokens
  std::vector<Header> secrets;       // as headers, but never logged
  std::optional<std::string> body;   // absent: none; POST then sends Content-Length: 0
  bool stream = false;  // an event stream: own HTTP/1.1 connection, small buffers, no body limit
  absl::Time deadline = absl::InfiniteFuture();
  Limits limits;
};

struct ResponseHead {
  int status = 0;               // of the final response, never 1xx
  std::vector<Header> headers;  // in order, as spelled
  // First value of a header, case-insensitive; null when absent.
  const std::string* Find(absl::string_view name) const;
};

// Why no whole response arrived (the failure table's rows).
enum class Failure {
  kNone,
  kDns,
  kConnect,
  kConnectTimeout,
  kTlsHandshake,
  kTlsVerification,
  kConnectionLost,   // reset, short body, protocol error after bytes were sent
  kDeadline,         // the caller's
  kResponseTooLarge, // head or body over its limit
  kMalformed,        // HTTP/0.9, bad Content-Encoding
  kInvalidRequest,   // unusable URL, method or header: nothing was sent
  kInternal,         // anything else; detail says what
};

struct ExchangeEnd {
  Failure failure = Failure::kNone;
  std::string detail;         // for people; no secrets, no query string
  bool request_sent = false;  // at least one byte may have reached the upstream
};

enum class Flow { kContinue, kPause };

// Takes one exchange's response. Order: OnHead?, OnBody*, OnEnd, each on the
// loop's thread and never from inside Start, Resume or Cancel.
class ResponseReceiver {
 public:
  virtual ~ResponseReceiver() = default;
  virtual void OnHead(ResponseHead head) = 0;
  // `bytes` (decompressed) are taken whole. After kPause no OnBody follows
  // until Exchange::Resume; the upstream is held back by its socket.
  virtual Flow OnBody(absl::string_view bytes) = 0;
  // Once, last; also while paused, if nothing is held back.
  virtual void OnEnd(ExchangeEnd end) = 0;
};

// One exchange under way. Destroying it cancels: the upstream socket (HTTP/1.1)
// or stream (HTTP/2) is closed at once and the receiver hears nothing more.
class Exchange {
 public:
  virtual ~Exchange() = default;
  virtual void Resume() = 0;
};

class UpstreamClient {
 public:
  virtual ~UpstreamClient() = default;
  // `receiver` must outlive the returned Exchange.
  virtual std::unique_ptr<Exchange> Start(UpstreamRequest request, ResponseReceiver* receiver) = 0;
};

}  // namespace portico::upstream

#endif  // PORTICO_CORE_UPSTREAM_UPSTREAM_CLIENT_H_
