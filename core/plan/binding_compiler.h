// `with`: which of a caller's values, or which constant, feeds which parameter.
//
// `rest.NAME`, `tools.NAME` and `<namespace of the door>.NAME` are the caller's
// value NAME; any other text is a constant. Without `with` every input is the
// caller's value of the same name. Placeholders of the upstream path and required
// inputs that `with` does not mention are so too: without them no call could work.
//
// Pure functions; any thread.
#ifndef PORTICO_CORE_PLAN_BINDING_COMPILER_H_
#define PORTICO_CORE_PLAN_BINDING_COMPILER_H_

#include <string>
#include <vector>

#include "core/capability/capability.h"
#include "core/capability/finding_log.h"
#include "core/plan/operation.h"
#include "core/plan/path_template.h"
#include "core/plan/plan_draft.h"

namespace portico::plan {

// Where a `with` stands.
struct BindingSite {
  const capability::Call* call = nullptr;
  capability::Position position;        // of the route or tool
  std::string door_space;               // namespace of the `exposes` entry
  const PathTemplate* route = nullptr;  // null for a tool
};

std::vector<Binding> CompileBindings(const BindingSite& site, const DraftOperation& operation,
                                     capability::FindingLog* log);

// Binds the parameters that only an overlay or the .proto knows, under their own names,
// and a body that only they know: a file cannot mention them.
void BindVendorInputs(const DraftOperation& drafted, std::vector<Binding>* bindings);

}  // namespace portico::plan

#endif  // PORTICO_CORE_PLAN_BINDING_COMPILER_H_
