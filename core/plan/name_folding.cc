#include "core/plan/name_folding.h"

#include "absl/strings/ascii.h"

namespace portico::plan {

std::string FoldName(absl::string_view name) {
  std::string folded;
  bool gap = false;
  for (char c : name) {
    if (!absl::ascii_isalnum(c)) {
      gap = true;
      continue;
    }
    if (gap && !folded.empty()) folded.push_back('-');
    gap = false;
    folded.push_back(absl::ascii_tolower(c));
  }
  return folded;
}

std::string SqueezeName(absl::string_view name) {
  std::string squeezed;
  for (char c : name) {
    if (absl::ascii_isalnum(c)) squeezed.push_back(absl::ascii_tolower(c));
  }
  return squeezed;
}

std::string WireName(absl::string_view written) {
  written = absl::StripLeadingAsciiWhitespace(written);
  return std::string(written.substr(0, written.find_first_of(" \t\r\n\v\f")));
}

std::optional<std::size_t> FindName(const std::vector<std::string>& names, absl::string_view name) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == name) return i;
  }
  for (std::string (*spell)(absl::string_view) : {&FoldName, &SqueezeName}) {
    const std::string wanted = spell(name);
    if (wanted.empty()) return std::nullopt;
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (spell(names[i]) == wanted) return i;
    }
  }
  return std::nullopt;
}

}  // namespace portico::plan
