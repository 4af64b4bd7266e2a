#include "core/upstream/curl_url.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"

namespace portico::upstream {
namespace {

// Origins come from the operator's base URIs.
constexpr std::size_t kOriginsKept = 256;

}  // namespace

CURLU* CurlUrls::Origin(absl::string_view origin) {
  const auto found = origins_.find(origin);
  if (found != origins_.end()) return found->second.get();
  CurlUrl url(curl_url());
  if (curl_url_set(url.get(), CURLUPART_URL, std::string(origin).c_str(), 0) != CURLUE_OK) {
    return nullptr;
  }
  if (origins_.size() >= kOriginsKept) origins_.clear();
  return origins_.emplace(std::string(origin), std::move(url)).first->second.get();
}

CurlUrl CurlUrls::Of(absl::string_view url) {
  // curl_url_set would send %2F as %2f.
  if (absl::StrContains(url, '%')) return nullptr;
  const std::size_t authority = url.find("://") + 3;
  const std::size_t end = std::min(url.find_first_of("/?", authority), url.size());
  CURLU* const origin = Origin(url.substr(0, end));
  if (origin == nullptr) return nullptr;

  const std::size_t query = std::min(url.find('?', end), url.size());
  const std::string path(query > end ? url.substr(end, query - end) : "/");
  CurlUrl whole(curl_url_dup(origin));
  if (whole == nullptr || curl_url_set(whole.get(), CURLUPART_PATH, path.c_str(), 0) != CURLUE_OK) {
    return nullptr;
  }
  if (query < url.size()) {
    const std::string text(url.substr(query + 1));
    if (curl_url_set(whole.get(), CURLUPART_QUERY, text.c_str(), 0) != CURLUE_OK) return nullptr;
  }
  return whole;
}

}  // namespace portico::upstream
