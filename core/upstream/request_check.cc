#include "core/upstream/request_check.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace portico::upstream {
namespace {

constexpr std::array<absl::string_view, 10> kEngineHeaders = {
    "connection", "content-length",    "expect",  "http2-settings",   "keep-alive",
    "te",         "transfer-encoding", "trailer", "proxy-connection", "upgrade",
};

// For every byte whether it may stand there: a request's are checked one by one.
using Bytes = std::array<bool, 256>;

template <typename Predicate>
constexpr Bytes BytesThat(Predicate predicate) {
  Bytes bytes{};
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = predicate(static_cast<char>(i));
  return bytes;
}

constexpr Bytes kToken = BytesThat([](char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
         std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
});
constexpr Bytes kUrl = BytesThat([](char c) { return c > ' ' && c < '\x7f' && c != '#'; });
constexpr Bytes kValue = BytesThat(
    [](char c) { return c == '\t' || (static_cast<unsigned char>(c) >= ' ' && c != '\x7f'); });

bool AllOf(absl::string_view text, const Bytes& bytes) {
  return std::all_of(text.begin(), text.end(),
                     [&](char c) { return bytes[static_cast<unsigned char>(c)]; });
}

std::optional<std::string> MethodProblem(const UpstreamRequest& request) {
  if (!IsToken(request.method)) return "the HTTP method is not a token";
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
  if (!AllOf(url, kUrl)) {
    return "the URL holds a character that must be percent-encoded";
  }
  const absl::string_view authority = rest.substr(0, rest.find_first_of("/?"));
  if (authority.empty() || authority.front() == ':') return "the URL names no host";
  if (absl::StrContains(authority, '@')) return "the URL holds user information before the host";
  return std::nullopt;
}

std::optional<std::string> HeaderProblem(const Header& header) {
  if (!IsToken(header.name)) return "a header's name is not a token";
  const auto is_name = [&](absl::string_view name) {
    return absl::EqualsIgnoreCase(name, header.name);
  };
  if (std::any_of(kEngineHeaders.begin(), kEngineHeaders.end(), is_name)) {
    return absl::StrCat("header ", header.name, " is set by Portico itself");
  }
  if (!AllOf(header.value, kValue)) {
    return absl::StrCat("the value of header ", header.name,
                        " holds a line break or control character");
  }
  return std::nullopt;
}

}  // namespace

bool IsToken(absl::string_view text) { return !text.empty() && AllOf(text, kToken); }

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
