// The path of a resource as files write it, made into one that PathTemplate takes.
//
// Pure function; any thread.
#ifndef PORTICO_CORE_PLAN_WRITTEN_PATH_H_
#define PORTICO_CORE_PLAN_WRITTEN_PATH_H_

#include <string>

#include "absl/strings/string_view.h"

namespace portico::plan {

// `written` without what follows a "#", and with every character that may not stand
// in a path or query percent-encoded, white space above all (dialect, features 28
// and 33). Text in braces stays as it is.
std::string CleanPath(absl::string_view written);

}  // namespace portico::plan

#endif  // PORTICO_CORE_PLAN_WRITTEN_PATH_H_
