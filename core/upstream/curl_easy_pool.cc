#include "core/upstream/curl_easy_pool.h"

#include <utility>

namespace portico::upstream {

CurlEasyPool::CurlEasyPool(std::size_t max_idle, absl::AnyInvocable<CURLcode(CURL*)> prepare)
    : max_idle_(max_idle), prepare_(std::move(prepare)) {}

CurlEasy CurlEasyPool::Take() {
  if (!idle_.empty()) {
    CurlEasy easy = std::move(idle_.back());
    idle_.pop_back();
    return easy;
  }
  CurlEasy easy(curl_easy_init());
  if (easy != nullptr && prepare_(easy.get()) != CURLE_OK) easy.reset();
  return easy;
}

void CurlEasyPool::Return(CurlEasy easy) {
  if (idle_.size() < max_idle_) idle_.push_back(std::move(easy));
}

}  // namespace portico::upstream
