#include "gateway/http/request_caller.h"

#include <algorithm>

#include "absl/strings/str_split.h"
#include "core/plan/percent_encoding.h"

namespace portico::http {
namespace {

std::optional<std::string> Decoded(absl::string_view text) {
  std::string spaced(text);
  std::replace(spaced.begin(), spaced.end(), '+', ' ');  // as in HTML forms
  std::string decoded;
  if (!plan::AppendDecoded(spaced, &decoded)) return std::nullopt;
  return decoded;
}

}  // namespace

std::optional<std::string> RequestCaller::Field(absl::string_view name) const {
  const absl::string_view* const value = head_.Find(name);
  if (value == nullptr) return std::nullopt;
  return std::string(*value);
}

std::optional<std::string> RequestCaller::Query(absl::string_view name) const {
  const std::size_t begin = head_.target.find('?');
  if (begin == absl::string_view::npos) return std::nullopt;
  for (const absl::string_view pair : absl::StrSplit(head_.target.substr(begin + 1), '&')) {
    const std::size_t equals = pair.find('=');
    if (equals == absl::string_view::npos || Decoded(pair.substr(0, equals)) != name) continue;
    return Decoded(pair.substr(equals + 1));
  }
  return std::nullopt;
}

}  // namespace portico::http
