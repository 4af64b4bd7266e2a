#include "core/overlay/overlay_parser.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "core/capability/finding_log.h"
#include "core/capability/yaml_tree.h"

namespace portico::overlay {

using capability::Finding;
using capability::FindingLog;
using capability::Findings;
using capability::YamlNode;

std::optional<Overlay> ParseOverlay(const std::string& file, absl::string_view text,
                                    Findings* findings) {
  Findings found;
  FindingLog log(file, &found);
  Overlay overlay;
  overlay.file = file;
  if (const std::shared_ptr<const YamlNode> root = capability::ParseYaml(text, &log)) {
    capability::ReadMessage(*root, &overlay.content, &overlay.lines, &log);
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const Finding& a, const Finding& b) { return a.place.line < b.place.line; });
  log.Close();
  findings->insert(findings->end(), found.begin(), found.end());
  if (log.has_errors()) return std::nullopt;
  return overlay;
}

bool IsOverlay(absl::string_view text) {
  if (text.find("overlay") == absl::string_view::npos) return false;  // spares the parser
  Findings ignored;
  FindingLog log("", &ignored);
  const std::shared_ptr<const YamlNode> root = capability::ParseYaml(text, &log);
  return root != nullptr && root->Find("overlay") != nullptr && root->Find("naftiko") == nullptr &&
         root->Find("ikanos") == nullptr;
}

}  // namespace portico::overlay
