// Names that differ in spelling alone. Published REST templates were made by a
// rule that lower-cases names and puts a dash for every run of other
// characters: `{taskid}` stands for `taskId`, `{issue-number}` for `issue_number`.
//
// Pure functions; any thread.
#ifndef PORTICO_CORE_PLAN_NAME_FOLDING_H_
#define PORTICO_CORE_PLAN_NAME_FOLDING_H_

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace portico::plan {

// Lower case, every run of other characters than [a-z0-9] one "-", none at the ends.
std::string FoldName(absl::string_view name);

// FoldName without dashes: also brings `task_id`, `taskId` and `TaskID` together,
// as Protobuf's field names need it.
std::string SqueezeName(absl::string_view name);

// What stands before the first white space of `written`: the name that goes on the wire
// where a file's name holds a remark as well (dialect, feature 24).
std::string WireName(absl::string_view written);

// Index of the name that means `name`: spelled the same, else folded the same,
// else squeezed the same. Of equals the first.
std::optional<std::size_t> FindName(const std::vector<std::string>& names, absl::string_view name);

}  // namespace portico::plan

#endif  // PORTICO_CORE_PLAN_NAME_FOLDING_H_
