#include "core/plan/variable_text.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace portico::plan {

std::vector<std::string> VariablesOf(absl::string_view text) {
  std::vector<std::string> names;
  FillVariables(text, [&names](absl::string_view name) {
    names.emplace_back(name);
    return std::string();
  });
  return names;
}

std::string FillVariables(absl::string_view text,
                          absl::FunctionRef<std::string(absl::string_view name)> value) {
  std::string filled;
  while (true) {
    const std::size_t open = text.find("{{");
    const std::size_t close = text.find("}}", open);
    if (close == absl::string_view::npos) break;
    const absl::string_view name = text.substr(open + 2, close - open - 2);
    absl::StrAppend(&filled, text.substr(0, open), value(absl::StripAsciiWhitespace(name)));
    text.remove_prefix(close + 2);
  }
  absl::StrAppend(&filled, text);
  return filled;
}

std::string EnvironmentVariableOf(
    absl::string_view name, const std::vector<std::pair<std::string, std::string>>& variables) {
  const absl::string_view bare = name.substr(name.rfind('.') + 1);
  for (const absl::string_view wanted : {name, bare}) {
    for (const auto& [used, variable] : variables) {
      if (wanted == used) return variable;
    }
  }
  return std::string(bare);
}

}  // namespace portico::plan
