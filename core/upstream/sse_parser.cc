#include "core/upstream/sse_parser.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace portico::upstream {
namespace {

constexpr absl::string_view kByteOrderMark = "\xEF\xBB\xBF";

const char* Find(char wanted, const char* begin, const char* end) {
  const void* found = std::memchr(begin, wanted, static_cast<std::size_t>(end - begin));
  return found == nullptr ? end : static_cast<const char*>(found);
}

bool IsComment(absl::string_view line) { return !line.empty() && line.front() == ':'; }

// Digits only, else nullopt; saturates.
std::optional<std::uint32_t> ParseRetry(absl::string_view digits) {
  if (digits.empty() || !std::all_of(digits.begin(), digits.end(), absl::ascii_isdigit)) {
    return std::nullopt;
  }
  constexpr std::uint64_t kMax = std::numeric_limits<std::uint32_t>::max();
  std::uint64_t value = 0;
  for (const char digit : digits) {
    value = std::min<std::uint64_t>(value * 10 + static_cast<std::uint64_t>(digit - '0'), kMax);
  }
  return static_cast<std::uint32_t>(value);
}

void Release(std::string& text) {
  text.clear();
  text.shrink_to_fit();
}

}  // namespace

absl::Status SseParser::Feed(absl::string_view bytes, OnEvent on_event) {
  const auto too_large = [this] {
    failed_ = true;
    ReleaseBuffers();
    return absl::ResourceExhaustedError(
        absl::StrCat("an event of the stream is larger than ", max_event_bytes_, " bytes"));
  };
  if (failed_) return too_large();
  bytes = SkipByteOrderMark(bytes);
  if (bytes.empty()) return absl::OkStatus();

  const char* position = bytes.data();
  const char* const end = position + bytes.size();
  if (line_end_was_cr_ && *position == '\n') ++position;
  line_end_was_cr_ = false;

  // The next LF is looked for once, not once a line: a stream that uses CR
  // alone would otherwise be searched to its end for each line.
  const char* line_feed = Find('\n', position, end);
  while (position != end) {
    if (line_feed < position) line_feed = Find('\n', position, end);
    const char* const line_end = Find('\r', position, line_feed);
    const absl::string_view piece(position, static_cast<std::size_t>(line_end - position));
    if (line_end == end) {  // cut off: keep it
      if (!in_comment_) line_.append(piece.data(), piece.size());
      if (IsComment(line_)) {
        in_comment_ = true;
        Release(line_);
      }
      if (!FitsFrame(line_)) return too_large();
      break;
    }
    if (in_comment_) {
      in_comment_ = false;
    } else {
      absl::string_view line = piece;
      if (!line_.empty()) {
        line_.append(piece.data(), piece.size());
        line = line_;
      }
      if (!IsComment(line)) {
        if (!FitsFrame(line)) return too_large();
        TakeLine(line, on_event);
      }
      line_.clear();
    }
    position = line_end + 1;
    if (*line_end == '\r') {
      if (position == end) {
        line_end_was_cr_ = true;
      } else if (*position == '\n') {
        ++position;
      }
    }
  }
  if (frame_bytes_ == 0 && line_.empty()) ReleaseBuffers();
  return absl::OkStatus();
}

absl::string_view SseParser::SkipByteOrderMark(absl::string_view bytes) {
  while (bom_bytes_ < kByteOrderMark.size() && !bytes.empty()) {
    if (bytes.front() != kByteOrderMark[bom_bytes_]) {
      line_.append(kByteOrderMark.data(), bom_bytes_);  // it was the line's beginning
      bom_bytes_ = kByteOrderMark.size();
      break;
    }
    ++bom_bytes_;
    bytes.remove_prefix(1);
  }
  return bytes;
}

bool SseParser::FitsFrame(absl::string_view line) const {
  return line.size() <= max_event_bytes_ - frame_bytes_;
}

void SseParser::TakeLine(absl::string_view line, OnEvent on_event) {
  if (line.empty()) return EndFrame(on_event);
  frame_bytes_ += line.size();
  const char* const begin = line.data();
  const char* const end = begin + line.size();
  const char* const colon = Find(':', begin, end);
  const absl::string_view name(begin, static_cast<std::size_t>(colon - begin));
  absl::string_view value;
  if (colon != end) {
    value = line.substr(name.size() + 1);
    if (!value.empty() && value.front() == ' ') value.remove_prefix(1);
  }
  TakeField(name, value);
}

void SseParser::TakeField(absl::string_view name, absl::string_view value) {
  if (name == "data") {
    data_.append(value.data(), value.size());
    data_.push_back('\n');
  } else if (name == "event") {
    event_.assign(value.data(), value.size());
  } else if (name == "id") {
    if (value.find('\0') != absl::string_view::npos) return;
    id_.assign(value.data(), value.size());
    has_id_ = true;
  } else if (name == "retry") {
    if (const auto retry = ParseRetry(value)) retry_ms_ = frame_retry_ms_ = retry;
  }
}

void SseParser::EndFrame(OnEvent on_event) {
  if (has_id_) last_event_id_.assign(id_);
  if (!data_.empty()) {
    const absl::string_view data(data_.data(), data_.size() - 1);  // without the last LF
    on_event({last_event_id_, has_id_, event_, data, frame_retry_ms_});
  }
  data_.clear();
  event_.clear();
  id_.clear();
  has_id_ = false;
  frame_retry_ms_.reset();
  frame_bytes_ = 0;
}

void SseParser::ReleaseBuffers() {
  Release(line_);
  Release(data_);
  Release(event_);
  Release(id_);
}

}  // namespace portico::upstream
