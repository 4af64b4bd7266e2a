// The order in which findings are told.
//
// Pure function; any thread.
#ifndef PORTICO_CORE_CAPABILITY_FINDING_ORDER_H_
#define PORTICO_CORE_CAPABILITY_FINDING_ORDER_H_

#include <string>
#include <vector>

#include "core/capability/finding.h"

namespace portico::capability {

// Those of each of `files`, in the order in which these first stand, by line; then those of other
// places as they stand. Findings of one line keep their order.
void SortByPlace(const std::vector<std::string>& files, Findings* findings);

}  // namespace portico::capability

#endif  // PORTICO_CORE_CAPABILITY_FINDING_ORDER_H_
