// The body of an HTTP/1.1 request: its framing taken off as the bytes come
// (RFC 9112, 6 and 7.1).
//
// Chunk sizes are hexadecimal digits and nothing else; extensions are skipped and
// trailers checked and dropped, both bounded. Keeps no bytes, so that a connection
// need not either: Beast's own chunk parser wants each chunk's line and all trailers
// in one piece.
//
// Pure; one thread at a time. How the bytes are cut makes no difference.
#ifndef PORTICO_GATEWAY_HTTP_REQUEST_BODY_H_
#define PORTICO_GATEWAY_HTTP_REQUEST_BODY_H_

#include <cstdint>
#include <optional>

#include "absl/strings/string_view.h"

namespace portico::http {

class RequestBody {
 public:
  RequestBody() = default;  // none
  static RequestBody OfLength(std::uint64_t bytes);
  static RequestBody Chunked();

  // Takes bytes off the front of `*bytes` and returns the next piece of the body,
  // empty when `*bytes` are used up or when done() or malformed() is true. Nothing
  // is taken beyond the body's end.
  absl::string_view Next(absl::string_view* bytes);

  bool done() const { return state_ == State::kDone; }
  bool malformed() const { return state_ == State::kMalformed; }
  // Bytes still to come; absent when nobody knows.
  std::optional<std::uint64_t> remaining() const;

 private:
  enum class State : std::uint8_t {
    kLength,
    kSizeFirst,  // the first digit of a chunk's size
    kSize,
    kExtension,
    kSizeLf,
    kData,
    kDataCr,
    kDataLf,
    kTrailerFirst,  // the first character of a trailer, or CR
    kTrailerName,
    kTrailerValue,
    kTrailerLf,
    kEndLf,
    kDone,
    kMalformed,
  };

  absl::string_view TakeData(absl::string_view* bytes);
  State Step(char c);
  State Size(char c);
  State Trailer(char c);

  std::uint64_t remaining_ = 0;  // of the body, or of the chunk
  std::uint32_t framing_ = 0;    // bytes of this chunk's line, or of all trailers
  State state_ = State::kDone;
};

}  // namespace portico::http

#endif  // PORTICO_GATEWAY_HTTP_REQUEST_BODY_H_
