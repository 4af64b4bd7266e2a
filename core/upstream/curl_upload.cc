#include "core/upstream/curl_upload.h"

#include <curl/curl.h>

#include <algorithm>
#include <cstring>
#include <utility>

namespace portico::upstream {

Flow CurlUpload::Add(absl::string_view bytes) {
  if (dropped_) return Flow::kContinue;
  if (left_.has_value()) {
    bytes = bytes.substr(0, std::min<std::uint64_t>(bytes.size(), *left_));
    *left_ -= bytes.size();
  }
  if (begin_ > Exchange::kUnsentBytes) {
    unsent_.erase(0, begin_);
    begin_ = 0;
  }
  unsent_.append(bytes.data(), bytes.size());
  full_ = unsent_.size() - begin_ > Exchange::kUnsentBytes;
  return full_ ? Flow::kPause : Flow::kContinue;
}

void CurlUpload::Drop() {
  dropped_ = true;
  std::string().swap(unsent_);
  begin_ = 0;
}

std::size_t CurlUpload::Read(char* room, std::size_t size) {
  const std::size_t count = std::min(size, unsent_.size() - begin_);
  if (count == 0) {
    if (dropped_) return 0;  // to libcurl: the end
    if (finished_) return left_.value_or(0) == 0 ? 0 : CURL_READFUNC_ABORT;
    starved_ = true;
    return CURL_READFUNC_PAUSE;
  }
  std::memcpy(room, unsent_.data() + begin_, count);
  begin_ += count;
  if (begin_ == unsent_.size()) {
    unsent_.clear();
    begin_ = 0;
  }
  return count;
}

bool CurlUpload::TakeStarved() { return std::exchange(starved_, false); }

bool CurlUpload::TakeSendable() {
  if (!full_ || (!dropped_ && unsent_.size() - begin_ > Exchange::kUnsentBytes / 2)) return false;
  return std::exchange(full_, false);
}

}  // namespace portico::upstream
