// The text of a response's head, and the framing of its body: by length, in chunks,
// or until the connection closes (RFC 9112, 6 and 7.1).
//
// Pure; one thread at a time.
#ifndef PORTICO_GATEWAY_HTTP_RESPONSE_FRAMER_H_
#define PORTICO_GATEWAY_HTTP_RESPONSE_FRAMER_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "gateway/http/response_head.h"

namespace portico::http {

// What a request says of the form of its response.
struct ResponseForm {
  bool head_only = false;
  bool http_1_0 = false;
  bool keep_alive = false;
};

class ResponseFramer {
 public:
  // Appends the head to `*out`. `length`: of the body, when it is known. `date`: a
  // whole line.
  void Begin(const ResponseForm& form, const ResponseHead& head,
             std::optional<std::uint64_t> length, absl::string_view date, std::string* out);

  // What to send in this order for a piece of the body: less than the piece where
  // there is no body, or a shorter one.
  using Pieces = std::array<absl::string_view, 3>;
  Pieces Frame(absl::string_view piece);
  // To be sent after the last piece.
  absl::string_view End() const { return framing_ == Framing::kChunks ? "0\r\n\r\n" : ""; }

  // All of the body that was promised has been framed, and nothing was cut off.
  bool complete() const { return remaining_ == 0 && !overrun_; }
  bool keep_alive() const { return keep_alive_; }
  // The reader notices when the body stops before its end.
  bool tells_end() const { return framing_ != Framing::kClose; }

 private:
  enum class Framing : std::uint8_t { kNoBody, kLength, kChunks, kClose };
  Framing Choose(const ResponseForm& form, int status, bool known) const;

  std::uint64_t remaining_ = 0;
  std::array<char, 20> chunk_head_;
  Framing framing_ = Framing::kNoBody;
  bool keep_alive_ = false;
  bool overrun_ = false;
};

}  // namespace portico::http

#endif  // PORTICO_GATEWAY_HTTP_RESPONSE_FRAMER_H_
