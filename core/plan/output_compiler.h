// The answers that `outputParameters` describe.
//
// Pure functions; any thread.
#ifndef PORTICO_CORE_PLAN_OUTPUT_COMPILER_H_
#define PORTICO_CORE_PLAN_OUTPUT_COMPILER_H_

#include <optional>
#include <vector>

#include "core/capability/capability.h"
#include "core/capability/finding_log.h"
#include "core/plan/expression_parser.h"
#include "core/plan/output.h"

namespace portico::plan {

// Whether they stand for the whole answer as it is.
bool IsWholeAnswer(const std::vector<capability::OutputParameter>& written);

// The one output without a name is the answer; others are its members. `of_document`:
// there is something to map from, so that a named part that does not say where it comes
// from is the member of its own name. Nullopt when there is no output, and when one
// cannot be read, with an error.
std::optional<Output> CompileOutputs(const std::vector<capability::OutputParameter>& written,
                                     bool of_document, Scope* scope, capability::FindingLog* log);

}  // namespace portico::plan

#endif  // PORTICO_CORE_PLAN_OUTPUT_COMPILER_H_
