#include "core/plan/library.h"

#include "absl/strings/strip.h"

namespace portico::plan {

std::optional<std::vector<std::pair<std::string, std::string>>> Resource::Match(
    absl::string_view asked) const {
  std::vector<std::pair<std::string, std::string>> captured;
  if (!is_template()) {
    if (asked != uri) return std::nullopt;
    return captured;
  }
  const std::size_t scheme = uri.size() - path.text().size();
  std::vector<std::string> values;
  if (!absl::ConsumePrefix(&asked, absl::string_view(uri).substr(0, scheme)) ||
      !path.Match(asked, &values)) {
    return std::nullopt;
  }
  for (std::size_t i = 0; i < values.size(); ++i) {
    captured.emplace_back(path.placeholders()[i], std::move(values[i]));
  }
  return captured;
}

}  // namespace portico::plan
