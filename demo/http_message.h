// What the stand-ins see of a request, and how they read its target.
//
// Threads: any.
#ifndef PORTICO_DEMO_HTTP_MESSAGE_H_
#define PORTICO_DEMO_HTTP_MESSAGE_H_

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"

namespace portico::demo {

// The headers are those that a stand-in looks at; empty when absent.
struct Request {
  std::string method;  // HEAD arrives as GET; the server leaves the body out
  std::string target;  // as sent, escapes and all
  std::string authorization;
  std::string content_type;
  std::string accept;
  std::string body;

  absl::string_view path() const;   // the target before '?'
  absl::string_view query() const;  // and after it
};

// The token of `Authorization: Bearer TOKEN` (the scheme in any case); absent
// when the header is, or when its scheme is another one.
std::optional<absl::string_view> BearerToken(const Request& request);

// Absent when an escape is broken or the result is not UTF-8, as JavaScript's
// decodeURIComponent.
std::optional<std::string> PercentDecode(absl::string_view text);

// The path's segments as sent, without empty ones at the end ("/a/b/": a, b).
std::vector<absl::string_view> PathSegments(absl::string_view path);

using Query = std::vector<std::pair<std::string, std::string>>;

// In the order sent; '+' is a space and broken escapes stay as they are.
Query ParseQuery(absl::string_view query);
// Every value of `name`, in order.
std::vector<std::string> QueryValues(const Query& query, absl::string_view name);

}  // namespace portico::demo

#endif  // PORTICO_DEMO_HTTP_MESSAGE_H_
