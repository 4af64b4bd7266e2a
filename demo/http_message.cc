#include "demo/http_message.h"

#include <cstddef>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "demo/utf8.h"

namespace portico::demo {
namespace {

std::string DecodeQueryPart(absl::string_view part) {
  const std::string spaced = absl::StrReplaceAll(part, {{"+", " "}});
  return PercentDecode(spaced).value_or(spaced);
}

}  // namespace

absl::string_view Request::path() const {
  return absl::string_view(target).substr(0, target.find('?'));
}

absl::string_view Request::query() const {
  const std::size_t mark = target.find('?');
  return mark == std::string::npos ? absl::string_view()
                                   : absl::string_view(target).substr(mark + 1);
}

std::optional<absl::string_view> BearerToken(const Request& request) {
  constexpr absl::string_view kScheme = "bearer ";
  const absl::string_view value = request.authorization;
  if (!absl::StartsWithIgnoreCase(value, kScheme)) return std::nullopt;
  return absl::StripAsciiWhitespace(value.substr(kScheme.size()));
}

std::optional<std::string> PercentDecode(absl::string_view text) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      decoded += text[i];
      continue;
    }
    const absl::string_view digits = text.substr(i + 1, 2);
    if (digits.size() < 2 || !absl::ascii_isxdigit(digits[0]) || !absl::ascii_isxdigit(digits[1])) {
      return std::nullopt;
    }
    decoded += absl::HexStringToBytes(digits);
    i += 2;
  }
  if (!IsUtf8(decoded)) return std::nullopt;
  return decoded;
}

std::vector<absl::string_view> PathSegments(absl::string_view path) {
  absl::ConsumePrefix(&path, "/");
  std::vector<absl::string_view> segments = absl::StrSplit(path, '/');
  while (!segments.empty() && segments.back().empty()) segments.pop_back();
  return segments;
}

Query ParseQuery(absl::string_view query) {
  Query parsed;
  for (absl::string_view part : absl::StrSplit(query, '&', absl::SkipEmpty())) {
    const std::size_t equals = part.find('=');
    const absl::string_view value =
        equals == absl::string_view::npos ? absl::string_view() : part.substr(equals + 1);
    parsed.emplace_back(DecodeQueryPart(part.substr(0, equals)), DecodeQueryPart(value));
  }
  return parsed;
}

std::vector<std::string> QueryValues(const Query& query, absl::string_view name) {
  std::vector<std::string> values;
  for (const auto& [key, value] : query) {
    if (key == name) values.push_back(value);
  }
  return values;
}

}  // namespace portico::demo
