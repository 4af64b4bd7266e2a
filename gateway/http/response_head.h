// The head of a response, as lines of text ready to be sent.
#ifndef PORTICO_GATEWAY_HTTP_RESPONSE_HEAD_H_
#define PORTICO_GATEWAY_HTTP_RESPONSE_HEAD_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace portico::http {

class ResponseHead {
 public:
  explicit ResponseHead(int status) : status_(status) {}

  // Appends a field, also when one of its name is there already. Left out are
  // names that are no token, and fields that are the connection's own: Connection,
  // Content-Length, Date, Keep-Alive, Transfer-Encoding, Upgrade. In a value, CR, LF
  // and NUL become spaces.
  void Add(absl::string_view name, absl::string_view value);
  // Of the body that follows. Without it the body is chunked (HTTP/1.0: ends with
  // the connection).
  void set_content_length(std::uint64_t bytes) { content_length_ = bytes; }

  int status() const { return status_; }
  std::optional<std::uint64_t> content_length() const { return content_length_; }
  const std::string& fields() const { return fields_; }  // each ended by CRLF

 private:
  int status_;
  std::optional<std::uint64_t> content_length_;
  std::string fields_;
};

}  // namespace portico::http

#endif  // PORTICO_GATEWAY_HTTP_RESPONSE_HEAD_H_
