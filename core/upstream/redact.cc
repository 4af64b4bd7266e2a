#include "core/upstream/redact.h"

#include <cstddef>

#include "absl/strings/str_replace.h"

namespace portico::upstream {
namespace {

constexpr std::size_t kShortestSecret = 4;

std::string Without(const std::string& text, absl::string_view secret) {
  if (secret.size() < kShortestSecret) return text;
  return absl::StrReplaceAll(text, {{secret, "***"}});
}

}  // namespace

std::string Redact(absl::string_view text, const std::vector<Header>& secrets) {
  std::string clean(text);
  for (const Header& secret : secrets) {
    clean = Without(clean, secret.value);
    const std::size_t space = secret.value.find(' ');
    if (space != std::string::npos) {
      clean = Without(clean, absl::string_view(secret.value).substr(space + 1));
    }
  }
  return clean;
}

std::string UrlForPeople(absl::string_view url) {
  url = url.substr(0, url.find_first_of("?#"));
  const std::size_t scheme_end = url.find("://");
  if (scheme_end == absl::string_view::npos) return std::string(url);
  const std::size_t authority = scheme_end + 3;
  const std::size_t path = std::min(url.find('/', authority), url.size());
  const std::size_t user_end = url.substr(authority, path - authority).rfind('@');
  std::string clean(url.substr(0, authority));
  const std::size_t host =
      user_end == absl::string_view::npos ? authority : authority + user_end + 1;
  clean.append(url.data() + host, url.size() - host);
  return clean;
}

}  // namespace portico::upstream
