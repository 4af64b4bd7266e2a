// Files that travel inside the binary: the built-in capabilities, their overlays, and
// the .proto texts that `portico proto` prints.
#ifndef PORTICO_SERVER_EMBEDDED_FILES_H_
#define PORTICO_SERVER_EMBEDDED_FILES_H_

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace portico::server {

struct EmbeddedFile {
  absl::string_view name;  // path in the source tree, e.g. "capabilities/scaffolder-tasks.yaml"
  absl::string_view text;
};

absl::Span<const EmbeddedFile> BuiltInCapabilities();
// One for each of them; used only where they are asked for.
absl::Span<const EmbeddedFile> BuiltInOverlays();
absl::Span<const EmbeddedFile> ProtoSources();

}  // namespace portico::server

#endif  // PORTICO_SERVER_EMBEDDED_FILES_H_
