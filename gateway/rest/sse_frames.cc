#include "gateway/rest/sse_frames.h"

namespace portico::rest {

// A frame ends with an empty line; CR, LF and CRLF end lines
// (WHATWG HTML, 9.2.5). Zero when no frame ends within `bytes`.
std::size_t SseFrames::EndOfLastFrame(absl::string_view bytes) {
  std::size_t end = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const char c = bytes[i];
    const bool second_half = c == '\n' && after_cr_;
    if (c != '\r' && c != '\n') {
      line_is_empty_ = false;
    } else if (second_half) {
      if (frame_ended_at_cr_) end = i + 1;
    } else {
      if (line_is_empty_) end = i + 1;
      frame_ended_at_cr_ = line_is_empty_ && c == '\r';
      line_is_empty_ = true;
    }
    after_cr_ = c == '\r';
  }
  return end;
}

void SseFrames::Add(absl::string_view bytes, absl::FunctionRef<void(absl::string_view)> pass) {
  const std::size_t end = EndOfLastFrame(bytes);
  if (end > 0) {
    if (!held_.empty()) {
      held_.append(bytes.data(), end);
      pass(held_);
      std::string().swap(held_);  // an idle stream keeps nothing
    } else {
      pass(bytes.substr(0, end));
    }
    within_frame_ = false;
    bytes.remove_prefix(end);
  }
  held_.append(bytes.data(), bytes.size());
  if (held_.size() <= kMaxHeld && !within_frame_) return;
  if (held_.empty()) return;
  pass(held_);
  held_.clear();
  within_frame_ = true;
}

}  // namespace portico::rest
