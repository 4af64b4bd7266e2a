// A Plan as text for people: `portico describe`.
//
// Pure function; any thread.
#ifndef PORTICO_CORE_PLAN_PLAN_TABLE_H_
#define PORTICO_CORE_PLAN_PLAN_TABLE_H_

#include <string>

#include "core/plan/plan.h"

namespace portico::plan {

// One aligned table per upstream API, a row per operation: what is called, and
// its RPC, route and tool ("-" where it has none, more rows where it has several).
// "=>" marks event streams. Ends with a line break.
std::string DescribePlan(const Plan& plan);

}  // namespace portico::plan

#endif  // PORTICO_CORE_PLAN_PLAN_TABLE_H_
