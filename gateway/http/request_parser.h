// The head of an HTTP/1.1 request out of bytes (RFC 9112), or the problem with it.
//
// Boost.Beast's grammar, and stricter than Beast where two readers could disagree
// about where a request ends or whom it is for: one valid Host, no line folding,
// no transfer coding but chunked, one Content-Length, no fragment in the target.
//
// Pure: no sockets. One per listener; one thread at a time.
#ifndef PORTICO_GATEWAY_HTTP_REQUEST_PARSER_H_
#define PORTICO_GATEWAY_HTTP_REQUEST_PARSER_H_

#include <cstddef>

#include "absl/strings/string_view.h"
#include "gateway/http/limits.h"
#include "gateway/http/problem.h"
#include "gateway/http/request_head.h"

namespace portico::http {

struct ParsedRequest {
  RequestHead head;      // views into the bytes that were parsed
  std::size_t size = 0;  // of the head, with the empty line that ends it
  bool chunked = false;
  bool keep_alive = false;  // the caller lets the connection stay
  bool expects_continue = false;
};

class RequestParser {
 public:
  enum class Result { kNeedMore, kRequest, kRefused };

  explicit RequestParser(const Limits& limits) : limits_(limits) {}

  // `bytes`: all that has come, from the request's first byte on. `*scanned` is 0
  // for a new request and then kept from call to call, so that no byte is searched
  // twice. How the bytes were cut makes no difference.
  Result Parse(absl::string_view bytes, std::size_t* scanned);

  // After kRequest, until the next Parse. Not const: its memory is reused.
  ParsedRequest& request() { return request_; }
  // After kRefused.
  const Problem& refusal() const { return refusal_; }

 private:
  class HeadParser;

  Result FindEnd(absl::string_view bytes, std::size_t* scanned);
  Result ParseHead(absl::string_view head);
  Result Refuse(Problem problem);

  Limits limits_;
  ParsedRequest request_;
  Problem refusal_;
};

}  // namespace portico::http

#endif  // PORTICO_GATEWAY_HTTP_REQUEST_PARSER_H_
