#include "core/capability/finding_order.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <utility>

namespace portico::capability {

void SortByPlace(const std::vector<std::string>& files, Findings* findings) {
  std::map<std::string, std::size_t> order;
  for (std::size_t i = 0; i < files.size(); ++i) order.emplace(files[i], i);
  const auto rank = [&](const Finding& finding) {
    const auto file = order.find(finding.place.file);
    const bool known = file != order.end();
    return std::pair(known ? file->second : files.size(), known ? finding.place.line : 0);
  };
  std::stable_sort(findings->begin(), findings->end(),
                   [&](const Finding& a, const Finding& b) { return rank(a) < rank(b); });
}

}  // namespace portico::capability
