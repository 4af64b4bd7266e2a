// An overlay file's name and text in, the Overlay out. Unlike capability files,
// which others publish, an overlay is the operator's own: what is not understood is an
// error.
//
// Safe for texts that nobody vouches for (yaml_tree.h). Any thread.
#ifndef PORTICO_CORE_OVERLAY_OVERLAY_PARSER_H_
#define PORTICO_CORE_OVERLAY_OVERLAY_PARSER_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "core/capability/finding.h"
#include "core/overlay/overlay.h"

namespace portico::overlay {

// Nullopt when any finding is an error. All findings of the file are appended, in the
// order of its lines; `file` is the name that they carry.
std::optional<Overlay> ParseOverlay(const std::string& file, absl::string_view text,
                                    capability::Findings* findings);

// Whether `text` means to be an overlay: a mapping with the key `overlay` and not that
// of a capability file.
bool IsOverlay(absl::string_view text);

}  // namespace portico::overlay

#endif  // PORTICO_CORE_OVERLAY_OVERLAY_PARSER_H_
