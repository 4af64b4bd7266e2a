// Easy handles with their constant options set, kept for later requests.
// One thread at a time.
#ifndef PORTICO_CORE_UPSTREAM_CURL_EASY_POOL_H_
#define PORTICO_CORE_UPSTREAM_CURL_EASY_POOL_H_

#include <curl/curl.h>

#include <cstddef>
#include <memory>
#include <vector>

#include "absl/functional/any_invocable.h"

namespace portico::upstream {

struct CurlEasyCleanup {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
using CurlEasy = std::unique_ptr<CURL, CurlEasyCleanup>;

class CurlEasyPool {
 public:
  // `prepare` sets a new handle's constant options. At most `max_idle` handles
  // (about 5 KB each) are kept.
  CurlEasyPool(std::size_t max_idle, absl::AnyInvocable<CURLcode(CURL*)> prepare);

  // Null when libcurl gives no handle or refuses an option.
  CurlEasy Take();

  // Only a handle whose transfer went well and that was taken out of its multi;
  // any other is better destroyed.
  void Return(CurlEasy easy);

 private:
  std::size_t max_idle_;
  absl::AnyInvocable<CURLcode(CURL*)> prepare_;
  std::vector<CurlEasy> idle_;
};

}  // namespace portico::upstream

#endif  // PORTICO_CORE_UPSTREAM_CURL_EASY_POOL_H_
