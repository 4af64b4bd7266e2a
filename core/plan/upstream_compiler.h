// The API behind a `consumes` entry: its base URI and how Portico proves itself.
//
// Pure functions; any thread.
#ifndef PORTICO_CORE_PLAN_UPSTREAM_COMPILER_H_
#define PORTICO_CORE_PLAN_UPSTREAM_COMPILER_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "core/capability/capability.h"
#include "core/capability/finding_log.h"
#include "core/plan/base_uri_template.h"
#include "core/plan/plan.h"

namespace portico::plan {

// Why `uri` cannot be called, in words that follow its name; empty when it can.
// "" and unresolved placeholders are no reason here: they may be filled in later.
std::string BaseUriProblem(absl::string_view uri);

// Whether what is sent to `uri` can be read on its way: http, and not to this machine.
bool SendsInClear(absl::string_view uri);
// SendsInClear, and there is something to hide.
bool SendsSecretsInClear(const Upstream& upstream);

// Errors and doubts about the file go to `log`. `override_uri` is the operator's
// base URI, checked by the caller, or null: then variables of the file's are filled from
// `environment`.
Upstream CompileUpstream(const capability::Consume& consume,
                         const std::vector<capability::Bind>& binds,
                         const std::string* override_uri, const BaseUriValues& environment,
                         capability::FindingLog* log);

}  // namespace portico::plan

#endif  // PORTICO_CORE_PLAN_UPSTREAM_COMPILER_H_
