#include "core/plan/base_uri_template.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "core/plan/variable_text.h"

namespace portico::plan {

FilledBaseUri FillBaseUri(absl::string_view written, const BaseUriValues& values) {
  FilledBaseUri filled;
  while (true) {
    const std::size_t open = written.find('{');
    const std::size_t close = written.find('}', open);
    if (open == absl::string_view::npos || close == absl::string_view::npos) break;
    const bool twice = written.substr(open, 2) == "{{";
    const std::size_t begin = open + (twice ? 2 : 1);
    const std::string name(absl::StripAsciiWhitespace(written.substr(begin, close - begin)));
    absl::StrAppend(&filled.uri, written.substr(0, open));
    if (const std::optional<std::string> value = values(name)) {
      absl::StrAppend(&filled.uri, *value);
    } else {
      filled.missing.push_back(name);
    }
    written.remove_prefix(close + 1);
    if (twice && !written.empty() && written.front() == '}') written.remove_prefix(1);
  }
  absl::StrAppend(&filled.uri, written);
  return filled;
}

BaseUriValues EnvironmentValues(std::vector<std::pair<std::string, std::string>> variables,
                                BaseUriValues environment) {
  return [variables = std::move(variables), environment = std::move(environment)](
             const std::string& name) -> std::optional<std::string> {
    if (environment == nullptr) return std::nullopt;
    std::optional<std::string> value = environment(EnvironmentVariableOf(name, variables));
    if (value.has_value() && value->empty()) return std::nullopt;
    return value;
  };
}

}  // namespace portico::plan
