// The head of one HTTP/1.1 request, checked: what a door decides by.
//
// Plain views into the connection's read buffer; they live until
// RequestHandler::Begin returns.
#ifndef PORTICO_GATEWAY_HTTP_REQUEST_HEAD_H_
#define PORTICO_GATEWAY_HTTP_REQUEST_HEAD_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace portico::http {

struct RequestField {
  absl::string_view name;   // a token, as spelled
  absl::string_view value;  // no CR, LF or NUL, no white space around it
};

struct RequestHead {
  absl::string_view method;  // a token, as spelled
  absl::string_view target;  // "/path?query" as sent, percent-encoded; "*" only with OPTIONS
  absl::string_view host;    // the one Host, as sent; empty only with HTTP/1.0
  absl::string_view peer;    // the IP address at the other end: the caller's, or a proxy's
  std::vector<RequestField> fields;
  bool has_body = false;                        // a Content-Length above 0, or chunked
  std::optional<std::uint64_t> content_length;  // absent when chunked or without a body
  bool http_1_0 = false;
  bool tls = false;

  // The first value of a field, by its name in any case; null when absent.
  const absl::string_view* Find(absl::string_view name) const;
  // All values of a list field as one (RFC 9110, 5.3); empty when absent.
  std::string List(absl::string_view name) const;
};

}  // namespace portico::http

#endif  // PORTICO_GATEWAY_HTTP_REQUEST_HEAD_H_
