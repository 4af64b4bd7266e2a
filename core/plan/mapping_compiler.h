// `mappings`: what of the steps becomes which part of the answer.
//
// Pure functions; any thread.
#ifndef PORTICO_CORE_PLAN_MAPPING_COMPILER_H_
#define PORTICO_CORE_PLAN_MAPPING_COMPILER_H_

#include <optional>
#include <vector>

#include "absl/strings/string_view.h"
#include "core/capability/capability.h"
#include "core/capability/finding_log.h"
#include "core/plan/composition.h"
#include "core/plan/expression_parser.h"

namespace portico::plan {

// Whether a target ("STEP.INPUT") feeds a step that calls: when that is no output's name.
bool FeedsStep(const capability::Recipe& recipe, absl::string_view target);

// Those whose target is part of the answer: of `output`, when the file says what it is.
// Those that feed a step are step_compiler.h's. False, with errors, when one cannot be read.
bool CompileMappings(const capability::Recipe& recipe, const std::optional<Output>& output,
                     Scope* scope, std::vector<Mapping>* mappings, capability::FindingLog* log);

}  // namespace portico::plan

#endif  // PORTICO_CORE_PLAN_MAPPING_COMPILER_H_
