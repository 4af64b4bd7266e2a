#include "core/overlay/overlay_log.h"

#include <algorithm>

namespace portico::overlay {

int OverlayLog::LineOf(const std::string& key) const {
  std::string known = key;
  while (true) {
    if (const int line = overlay_.lines.Of(known); line > 0) return line;
    const std::size_t end = known.rfind('.');
    if (end == std::string::npos) return 0;
    known.resize(end);
  }
}

void OverlayLog::MoveTo(capability::Findings* findings) {
  log_.Close();
  std::stable_sort(findings_.begin(), findings_.end(),
                   [](const auto& a, const auto& b) { return a.place.line < b.place.line; });
  std::move(findings_.begin(), findings_.end(), std::back_inserter(*findings));
  findings_.clear();
}

}  // namespace portico::overlay
