// Moves one HTTP exchange with an upstream API. libcurl is its first engine
// (curl_client.h); nothing above this header may know which engine runs.
//
// Threads: one client per event loop; every call and callback on that loop's
// thread. An HTTP status, whatever its number, is a response; only what keeps a
// response from arriving whole is a failure.
//
// Redirects are not followed, proxies and .netrc not used, cookies not kept.
// A request that may have reached the upstream is not sent again, except that an
// idempotent one (RFC 9110, 9.2.2) moves to a fresh connection when a kept-open
// one turns out dead before any byte of the response.
#ifndef PORTICO_CORE_UPSTREAM_UPSTREAM_CLIENT_H_
#define PORTICO_CORE_UPSTREAM_UPSTREAM_CLIENT_H_

#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "core/loop/flow.h"
#include "core/plan/header.h"

namespace portico::upstream {

using plan::Header;

struct Limits {
  std::size_t head_bytes = 64 * 1024;  // all header lines of the response
  std::size_t head_lines = 200;
  std::size_t body_bytes = 32 * 1024 * 1024;  // after decompression; not for streams
  absl::Duration connect = absl::Seconds(3);  // DNS, TCP and TLS together
  // Without a byte either way; ends as kDeadline. In whole seconds, at least one; does
  // not run while the receiver pauses.
  absl::Duration stall = absl::InfiniteDuration();
};

// A body whose bytes come later, by Exchange::Send.
struct BodyStream {
  std::optional<std::uint64_t> length;  // absent: unknown, sent in chunks
};

struct UpstreamRequest {
  std::string method;  // a token, sent as spelled; not CONNECT
  std::string url;     // http(s), absolute, percent-encoded; sent verbatim
  // No CR, LF or NUL; names are tokens. Framing and hop-by-hop headers are the
  // engine's (request_check.h).
  std::vector<Header> headers = {};
  std::vector<Header> secrets = {};  // as headers, but kept out of every text
  // Absent: none; POST, PUT and PATCH then send Content-Length: 0.
  std::optional<std::string> body = {};
  // Instead of `body`. On a fresh HTTP/1.1 connection: nothing of it is kept, so
  // nothing could be sent a second time.
  std::optional<BodyStream> body_stream = {};
  // An event stream: HTTP/1.1 connection of its own, small buffers, no body
  // limit, no compression asked for, no limit on the wait for the first byte.
  bool stream = false;
  // The body comes as the upstream encoded it, and `headers` say what encodings to
  // ask for. Otherwise all that the engine can undo are asked for, and undone.
  bool keep_encoding = false;
  // Covers everything, also the wait for a free connection and a paused receiver.
  absl::Time deadline = absl::InfiniteFuture();
  Limits limits = {};
};

struct ResponseHead {
  int status = 0;               // of the final response, never 1xx
  std::vector<Header> headers;  // in order, as spelled
  // The first value of a header, case-insensitive; null when absent.
  const std::string* Find(absl::string_view name) const;
};

// Why no whole response arrived (the failure table's rows; curl_failure.cc).
enum class Failure {
  kNone,
  kDns,
  kConnect,
  kConnectTimeout,
  kTlsHandshake,
  kTlsVerification,
  kConnectionLost,    // reset, short body, protocol error after bytes were sent
  kDeadline,          // the caller's
  kResponseTooLarge,  // head or body over its limit
  kMalformed,         // HTTP/0.9, bad Content-Encoding
  kInvalidRequest,    // unusable URL, method or header: nothing was sent
  kTokenRefused,      // the authorization server grants no token (token_client.h)
  kTokenUnavailable,  // it cannot be asked now
  kInternal,          // anything else; detail says what
};

// "connection lost", for people.
absl::string_view FailureName(Failure failure);
std::ostream& operator<<(std::ostream& out, Failure failure);

struct ExchangeEnd {
  Failure failure = Failure::kNone;
  std::string detail;         // for people; no secrets, no query string
  bool request_sent = false;  // at least one byte may have reached the upstream
};

using loop::Flow;

// Takes one exchange's response. Order: OnHead?, OnBody*, OnEnd, each on the
// loop's thread and never from inside Start, Resume or Cancel.
class ResponseReceiver {
 public:
  virtual ~ResponseReceiver() = default;
  virtual void OnHead(ResponseHead head) = 0;
  // `bytes` (decompressed, never empty) are taken whole. After kPause no OnBody
  // follows until Exchange::Resume; the upstream is held back by its socket.
  virtual Flow OnBody(absl::string_view bytes) = 0;
  // More of a body_stream may be sent, after Send said kPause.
  virtual void OnSendable() {}
  // Once, last. Also while paused: a failure ends at once and drops what is held
  // back; a whole response ends only when nothing is held back.
  virtual void OnEnd(ExchangeEnd end) = 0;
};

// One exchange under way. Destroying it cancels: the upstream socket (HTTP/1.1)
// or stream (HTTP/2) is closed at once and the receiver hears nothing more. It may
// be destroyed from inside its receiver's callbacks.
class Exchange {
 public:
  virtual ~Exchange() = default;
  // Ends a pause; without one, does nothing.
  virtual void Resume() = 0;
  // The next bytes of a body_stream, taken whole; with a length, no more than that.
  // kPause when more than kUnsentBytes wait: OnSendable follows. An upstream that
  // answers with a status of 400 or more is sent no more; the bytes are dropped.
  virtual Flow Send(absl::string_view bytes) = 0;
  // The body_stream is whole. Fewer bytes than its length end as kInvalidRequest.
  virtual void FinishBody() = 0;

  static constexpr std::size_t kUnsentBytes = 64 * 1024;
};

class UpstreamClient {
 public:
  // Not from inside a receiver's callback. Exchanges under way are cancelled:
  // their receivers hear nothing more, and the Exchanges may outlive the client.
  virtual ~UpstreamClient() = default;
  // `receiver` must outlive the returned Exchange. An unusable request and a past
  // deadline end as every failure does, by OnEnd, and nothing is sent.
  virtual std::unique_ptr<Exchange> Start(UpstreamRequest request, ResponseReceiver* receiver) = 0;
};

}  // namespace portico::upstream

#endif  // PORTICO_CORE_UPSTREAM_UPSTREAM_CLIENT_H_
