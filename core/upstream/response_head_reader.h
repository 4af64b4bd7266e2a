// Collects the header lines of a response, counted against its limits.
//
// Lines come one at a time as an HTTP engine reads them: status line, fields,
// the empty line; interim responses (1xx) before the final one are skipped but
// count against the limits, and so do trailers after it. One per response.
#ifndef PORTICO_CORE_UPSTREAM_RESPONSE_HEAD_READER_H_
#define PORTICO_CORE_UPSTREAM_RESPONSE_HEAD_READER_H_

#include <cstddef>

#include "absl/strings/string_view.h"
#include "core/upstream/upstream_client.h"

namespace portico::upstream {

class ResponseHeadReader {
 public:
  enum class Progress {
    kMore,
    kComplete,   // by this line; said once
    kTooLarge,   // more lines or bytes than the limits allow
    kMalformed,  // no status line, 101, a line that is no field
  };

  // Of `limits` the head's only.
  explicit ResponseHeadReader(const Limits& limits)
      : bytes_left_(limits.head_bytes), lines_left_(limits.head_lines) {}

  // `line` with its line end.
  Progress Take(absl::string_view line);

  // The final response's head; once after kComplete.
  ResponseHead TakeHead() { return std::move(head_); }
  bool complete() const { return complete_; }

 private:
  Progress TakeStatusLine(absl::string_view line);
  Progress TakeField(absl::string_view line);
  Progress EndHead();

  std::size_t bytes_left_;
  std::size_t lines_left_;
  bool in_head_ = false;
  bool complete_ = false;
  ResponseHead head_;
};

}  // namespace portico::upstream

#endif  // PORTICO_CORE_UPSTREAM_RESPONSE_HEAD_READER_H_
