// Server-sent events out of a byte stream cut anywhere
// (WHATWG HTML, "9.2.6 Interpreting an event stream").
//
// CR, LF and CRLF end a line; a leading BOM and comments are skipped; several
// data lines are joined by LF; a frame without data is no event; an event that
// the stream's end cuts off is dropped.
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
  // A frame over `max_event_bytes` makes Feed fail with ResourceExhausted.
  explicit SseParser(std::size_t max_event_bytes = 16 * 1024 * 1024);

  // Calls `on_event` for each event that `bytes` completes.
  absl::Status Feed(absl::string_view bytes, absl::FunctionRef<void(const SseEvent&)> on_event);

  // The last event id, for resuming.
  const std::string& last_event_id() const { return last_event_id_; }

 private:
  std::string last_event_id_;
};

}  // namespace portico::upstream

#endif  // PORTICO_CORE_UPSTREAM_SSE_PARSER_H_
