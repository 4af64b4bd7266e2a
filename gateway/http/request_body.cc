#include "gateway/http/request_body.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "core/plan/token.h"

namespace portico::http {
namespace {

constexpr std::uint32_t kMaxChunkLine = 256;
constexpr std::uint32_t kMaxTrailers = 8 * 1024;

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = absl::ascii_tolower(static_cast<unsigned char>(c));
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

}  // namespace

RequestBody RequestBody::OfLength(std::uint64_t bytes) {
  RequestBody body;
  body.remaining_ = bytes;
  body.state_ = bytes == 0 ? State::kDone : State::kLength;
  return body;
}

RequestBody RequestBody::Chunked() {
  RequestBody body;
  body.state_ = State::kSizeFirst;
  return body;
}

std::optional<std::uint64_t> RequestBody::remaining() const {
  if (state_ == State::kDone) return 0;
  if (state_ == State::kLength) return remaining_;
  return std::nullopt;
}

absl::string_view RequestBody::Next(absl::string_view* bytes) {
  while (!bytes->empty() && !done() && !malformed()) {
    if (state_ == State::kLength || state_ == State::kData) return TakeData(bytes);
    state_ = Step(bytes->front());
    bytes->remove_prefix(1);
  }
  return {};
}

absl::string_view RequestBody::TakeData(absl::string_view* bytes) {
  const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(remaining_, bytes->size()));
  const absl::string_view piece = bytes->substr(0, size);
  bytes->remove_prefix(size);
  remaining_ -= size;
  if (remaining_ == 0) state_ = state_ == State::kLength ? State::kDone : State::kDataCr;
  return piece;
}

RequestBody::State RequestBody::Step(char c) {
  const auto expect = [c](char wanted, State next) {
    return c == wanted ? next : State::kMalformed;
  };
  switch (state_) {
    case State::kSizeFirst:
      framing_ = 0;
      remaining_ = 0;
      return HexDigit(c) < 0 ? State::kMalformed : Size(c);
    case State::kSize:
    case State::kExtension:
      return ++framing_ > kMaxChunkLine ? State::kMalformed : Size(c);
    case State::kSizeLf:
      framing_ = 0;
      return expect('\n', remaining_ > 0 ? State::kData : State::kTrailerFirst);
    case State::kDataCr:
      return expect('\r', State::kDataLf);
    case State::kDataLf:
      return expect('\n', State::kSizeFirst);
    case State::kTrailerLf:
      return expect('\n', State::kTrailerFirst);
    case State::kEndLf:
      return expect('\n', State::kDone);
    default:
      return ++framing_ > kMaxTrailers ? State::kMalformed : Trailer(c);
  }
}

RequestBody::State RequestBody::Size(char c) {
  if (c == '\r') return State::kSizeLf;
  if (state_ == State::kExtension)
    return plan::IsFieldChar(c) ? State::kExtension : State::kMalformed;
  if (c == ';') return State::kExtension;
  const int digit = HexDigit(c);
  if (digit < 0 || remaining_ >> 60 != 0) return State::kMalformed;
  remaining_ = remaining_ * 16 + static_cast<std::uint64_t>(digit);
  return State::kSize;
}

RequestBody::State RequestBody::Trailer(char c) {
  switch (state_) {
    case State::kTrailerFirst:
      if (c == '\r') return State::kEndLf;
      return plan::IsTokenChar(c) ? State::kTrailerName : State::kMalformed;
    case State::kTrailerName:
      if (c == ':') return State::kTrailerValue;
      return plan::IsTokenChar(c) ? State::kTrailerName : State::kMalformed;
    default:
      if (c == '\r') return State::kTrailerLf;
      return plan::IsFieldChar(c) ? State::kTrailerValue : State::kMalformed;
  }
}

}  // namespace portico::http
