#include "core/upstream/request_check.h"

#include <algorithm>
#include <array>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/plan/token.h"

namespace portico::upstream {
namespace {

constexpr std::array<absl::string_view, 10> kEngineHeaders = {
    "connection", "content-length",    "expect",  "http2-settings",   "keep-alive",
    "te",         "transfer-encoding", "trailer", "proxy-connection", "upgrade",
};

bool IsUrlChar(char c) { return c > ' ' && c < '\x7f' && c != '#'; }

std::optional<std::string> MethodProblem(const UpstreamRequest& request) {
  if (!plan::IsToken(request.method)) return "the HTTP method is not a token";
  if (request.method == "CONNECT") return "CONNECT is not a method for an upstream";
  if (request.method == "HEAD" && (request.body || request.body_stream))
    return "a HEAD request cannot have a body";
  return std::nullopt;
}

std::optional<std::string> UrlProblem(absl::string_view url) {
  absl::string_view rest = url;
  if (absl::StartsWithIgnoreCase(rest, "https://")) {
    rest.remove_prefix(8);
  } else if (absl::StartsWithIgnoreCase(rest, "http://")) {
    rest.remove_prefix(7);
  } else {
    return "the URL does not begin with http:// or https://";
  }
  if (!std::all_of(url.begin(), url.end(), IsUrlChar)) {
    return "the URL holds a character that must be percent-encoded";
  }
  const absl::string_view authority = rest.substr(0, rest.find_first_of("/?"));
  if (authority.empty() || authority.front() == ':') return "the URL names no host";
  if (absl::StrContains(authority, '@')) return "the URL holds user information before the host";
  return std::nullopt;
}

std::optional<std::string> HeaderProblem(const Header& header) {
  if (!plan::IsToken(header.name)) return "a header's name is not a token";
  const auto is_name = [&](absl::string_view name) {
    return absl::EqualsIgnoreCase(name, header.name);
  };
  if (std::any_of(kEngineHeaders.begin(), kEngineHeaders.end(), is_name)) {
    return absl::StrCat("header ", header.name, " is set by Portico itself");
  }
  if (!std::all_of(header.value.begin(), header.value.end(), plan::IsFieldChar)) {
    return absl::StrCat("the value of header ", header.name,
                        " holds a line break or control character");
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> RequestProblem(const UpstreamRequest& request) {
  if (auto problem = MethodProblem(request)) return problem;
  if (auto problem = UrlProblem(request.url)) return problem;
  for (const auto* headers : {&request.headers, &request.secrets}) {
    for (const Header& header : *headers) {
      if (auto problem = HeaderProblem(header)) return problem;
    }
  }
  return std::nullopt;
}

}  // namespace portico::upstream
