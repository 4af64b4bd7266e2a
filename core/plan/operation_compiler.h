// The operations of one `consumes` entry.
//
// Pure functions; any thread.
#ifndef PORTICO_CORE_PLAN_OPERATION_COMPILER_H_
#define PORTICO_CORE_PLAN_OPERATION_COMPILER_H_

#include <cstddef>
#include <vector>

#include "absl/strings/string_view.h"
#include "core/capability/capability.h"
#include "core/capability/finding_log.h"
#include "core/plan/plan_draft.h"

namespace portico::plan {

// The largest published file has 740; more than this is an error.
constexpr std::size_t kMaxOperationsOfAnApi = 5000;

struct OperationSite {
  std::size_t file = 0;                     // index of the capability
  std::size_t upstream = 0;                 // index into PlanDraft::upstreams
  bool allow_caller_authorization = false;  // CompileOptions
};

// Adds the operations of `consume` to the draft. Hints are still those of the HTTP method.
void CompileOperations(const capability::Consume& consume, const OperationSite& site,
                       PlanDraft* draft, capability::FindingLog* log);

// What has to be resolved before the operation can be called: `upstream` is its API.
void NoteVariables(const Operation& operation, Upstream* upstream);

// What the HTTP method promises (RFC 9110, 9.2).
Hints HintsOfMethod(absl::string_view http_method);

// The method in upper case; empty, with an error, when Portico does not call it.
std::string CompileHttpMethod(const capability::Text& method, const std::string& key,
                              capability::FindingLog* log);

}  // namespace portico::plan

#endif  // PORTICO_CORE_PLAN_OPERATION_COMPILER_H_
