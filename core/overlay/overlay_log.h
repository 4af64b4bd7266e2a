// Findings about what an overlay says, at the lines of its keys.
//
// Not thread-safe. The overlay must outlive the log.
#ifndef PORTICO_CORE_OVERLAY_OVERLAY_LOG_H_
#define PORTICO_CORE_OVERLAY_OVERLAY_LOG_H_

#include <string>
#include <utility>

#include "core/capability/finding_log.h"
#include "core/overlay/overlay.h"

namespace portico::overlay {

class OverlayLog {
 public:
  explicit OverlayLog(const Overlay& overlay) : overlay_(overlay), log_(overlay.file, &findings_) {}
  OverlayLog(const OverlayLog&) = delete;
  OverlayLog& operator=(const OverlayLog&) = delete;

  // `key` as in KeyLines; of one that the file has not, the nearest above it counts.
  void Error(const std::string& key, std::string message) {
    log_.Error(capability::Rule::kBadOverlay, LineOf(key), key, std::move(message));
  }
  void Warn(const std::string& key, std::string message) {
    log_.Warn(capability::Rule::kBadOverlay, LineOf(key), key, std::move(message));
  }

  // For whoever logs findings of any file.
  capability::FindingLog* log() { return &log_; }

  int LineOf(const std::string& key) const;
  bool Has(const std::string& key) const { return overlay_.lines.Of(key) > 0; }
  const std::string& file() const { return overlay_.file; }

  // Appends what was found, in the order of the lines. Once.
  void MoveTo(capability::Findings* findings);

 private:
  const Overlay& overlay_;
  capability::Findings findings_;
  capability::FindingLog log_;
};

}  // namespace portico::overlay

#endif  // PORTICO_CORE_OVERLAY_OVERLAY_LOG_H_
