// Cuts a byte stream of server-sent events at the ends of its frames, so that a
// relay passes on whole frames and may put something of its own between two.
// What the frames say is none of its business (core/upstream/sse_parser.h reads them).
//
// One per stream; one thread at a time. Holds nothing between frames.
#ifndef PORTICO_GATEWAY_REST_SSE_FRAMES_H_
#define PORTICO_GATEWAY_REST_SSE_FRAMES_H_

#include <cstddef>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"

namespace portico::rest {

class SseFrames {
 public:
  // Of a frame that is not whole yet; a larger one is passed on in pieces.
  static constexpr std::size_t kMaxHeld = 64 * 1024;

  // Calls `pass` with bytes to pass on, in order and unchanged, at most twice.
  void Add(absl::string_view bytes, absl::FunctionRef<void(absl::string_view)> pass);

  // Whether what was passed on ends within a frame: nothing may be put behind it.
  bool within_frame() const { return within_frame_; }
  // The beginning of a frame that is not whole yet.
  const std::string& held() const { return held_; }

 private:
  std::size_t EndOfLastFrame(absl::string_view bytes);

  std::string held_;
  bool within_frame_ = false;
  bool line_is_empty_ = true;  // nothing of the current line came yet
  bool after_cr_ = false;      // an LF that comes next belongs to it
  bool frame_ended_at_cr_ = false;
};

}  // namespace portico::rest

#endif  // PORTICO_GATEWAY_REST_SSE_FRAMES_H_
