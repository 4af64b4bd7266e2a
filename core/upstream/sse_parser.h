// Server-sent events out of a byte stream cut anywhere
// (WHATWG HTML, "9.2.6 Interpreting an event stream").
//
// CR, LF and CRLF end a line; a leading BOM and comments are skipped; several
// data lines are joined by LF; a frame without data is no event; an event that
// the stream's end cuts off is dropped. The bytes are passed on as they came:
// nothing here looks at UTF-8.
//
// One per stream; one thread at a time. An idle parser holds no buffers: it
// lives as often as there are open streams.
#ifndef PORTICO_CORE_UPSTREAM_SSE_PARSER_H_
#define PORTICO_CORE_UPSTREAM_SSE_PARSER_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace portico::upstream {

// Views into the parser; valid during the callback.
struct SseEvent {
  absl::string_view id;     // last id seen so far, which an event inherits
  bool has_id = false;      // this very frame had an `id` line
  absl::string_view event;  // empty: "message"
  absl::string_view data;
  std::optional<std::uint32_t> retry_ms;  // this frame's `retry` line
};

class SseParser {
 public:
  using OnEvent = absl::FunctionRef<void(const SseEvent&)>;

  // A frame whose lines together exceed `max_event_bytes` (comments are free)
  // makes Feed fail with ResourceExhausted, now and ever after.
  explicit SseParser(std::size_t max_event_bytes = 16 * 1024 * 1024)
      : max_event_bytes_(max_event_bytes) {}

  // Calls `on_event` for each event that `bytes` completes. What it calls does
  // not depend on how the stream was cut into `bytes`.
  absl::Status Feed(absl::string_view bytes, OnEvent on_event);

  // The last event id, for resuming. A frame's id counts once the frame ends,
  // with or without data.
  const std::string& last_event_id() const { return last_event_id_; }

  // The last `retry` line of any complete line so far, also of a frame without
  // data. Values over 2^32-1 read as 2^32-1.
  std::optional<std::uint32_t> retry_ms() const { return retry_ms_; }

 private:
  absl::string_view SkipByteOrderMark(absl::string_view bytes);
  bool FitsFrame(absl::string_view line) const;
  void TakeLine(absl::string_view line, OnEvent on_event);
  void TakeField(absl::string_view name, absl::string_view value);
  void EndFrame(OnEvent on_event);
  void ReleaseBuffers();

  std::size_t max_event_bytes_;
  std::size_t frame_bytes_ = 0;  // of the complete lines of the frame under way
  std::string last_event_id_;
  std::string line_;  // the beginning of a line that the last Feed cut off
  std::string data_;  // each data line with a trailing LF
  std::string event_;
  std::string id_;  // of the frame under way
  std::optional<std::uint32_t> retry_ms_;
  std::optional<std::uint32_t> frame_retry_ms_;
  std::uint8_t bom_bytes_ = 0;  // matched so far; 3 and more: looked for already
  bool has_id_ = false;
  bool in_comment_ = false;       // the cut-off line is a comment: nothing is kept of it
  bool line_end_was_cr_ = false;  // an LF that comes next belongs to it
  bool failed_ = false;
};

}  // namespace portico::upstream

#endif  // PORTICO_CORE_UPSTREAM_SSE_PARSER_H_
