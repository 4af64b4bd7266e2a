// Overlays applied to a Plan in the making: what no capability file says and the
// operator knows. Doors see only the Plan that comes out.
//
// Where several overlays speak of the same, the later one counts, element by element.
// Findings stand at the overlays' lines; a name that no loaded file has is an error.
//
// Not thread-safe. The overlays must outlive the compiler.
#ifndef PORTICO_CORE_PLAN_OVERLAY_COMPILER_H_
#define PORTICO_CORE_PLAN_OVERLAY_COMPILER_H_

#include <list>
#include <optional>
#include <string>
#include <vector>

#include "core/capability/capability.h"
#include "core/capability/finding.h"
#include "core/overlay/overlay.h"
#include "core/overlay/overlay_log.h"
#include "core/plan/base_uri_template.h"
#include "core/plan/plan_draft.h"

namespace portico::plan {

class OverlayCompiler {
 public:
  explicit OverlayCompiler(const std::vector<overlay::Overlay>& overlays);

  // The base URI of the API; nullopt when no overlay speaks of it. "" after an error.
  // `environment`: for variables of it that overlays leave open.
  std::optional<std::string> BaseUriOf(const capability::Consume& consume,
                                       const BaseUriValues& environment);

  // All the rest, once every API is compiled and before anything is bound.
  void Apply(PlanDraft* draft);

  // Appends the findings, overlay by overlay, in the order of the lines. Once, last.
  void MoveFindingsTo(capability::Findings* findings);

 private:
  struct Source {
    explicit Source(const overlay::Overlay& overlay) : overlay(overlay), log(overlay) {}
    const overlay::Overlay& overlay;
    overlay::OverlayLog log;
  };

  // A list: logs do not move.
  std::list<Source> sources_;
};

}  // namespace portico::plan

#endif  // PORTICO_CORE_PLAN_OVERLAY_COMPILER_H_
