// A request's header lines in the form libcurl reads. Two allocations instead of
// one per line: curl_slist_append copies each line and walks the list each time.
#ifndef PORTICO_CORE_UPSTREAM_CURL_HEADER_LINES_H_
#define PORTICO_CORE_UPSTREAM_CURL_HEADER_LINES_H_

#include <curl/curl.h>

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "core/upstream/upstream_client.h"

namespace portico::upstream {

// Immutable; not copied or moved, since the list points into it.
class CurlHeaderLines {
 public:
  // `request` must have passed RequestProblem. What libcurl would add to a body on its
  // own is withheld: `Expect: 100-continue` (a second's stall against servers that
  // ignore it) and, where the request has none, the form's Content-Type.
  // `user_agent` is said unless the request says another: by CURLOPT_USERAGENT libcurl
  // would write it twice.
  CurlHeaderLines(const UpstreamRequest& request, absl::string_view user_agent);
  CurlHeaderLines(const CurlHeaderLines&) = delete;
  CurlHeaderLines& operator=(const CurlHeaderLines&) = delete;

  // For CURLOPT_HTTPHEADER; libcurl only reads it. Never null.
  curl_slist* list() { return nodes_.data(); }

 private:
  void Reserve(const UpstreamRequest& request, absl::string_view user_agent);
  void Add(absl::string_view name, absl::string_view separator, absl::string_view value);

  std::string text_;  // the lines, each ended by NUL
  std::vector<curl_slist> nodes_;
};

}  // namespace portico::upstream

#endif  // PORTICO_CORE_UPSTREAM_CURL_HEADER_LINES_H_
