// Reads one `aggregates` entry: functions that doors share by `ref`.
#ifndef PORTICO_CORE_CAPABILITY_AGGREGATE_PARSER_H_
#define PORTICO_CORE_CAPABILITY_AGGREGATE_PARSER_H_

#include "core/capability/capability.h"
#include "core/capability/map_reader.h"

namespace portico::capability {

// Findings go to the reader's log; what could be read is returned all the same.
Aggregate ReadAggregate(MapReader& reader);

}  // namespace portico::capability

#endif  // PORTICO_CORE_CAPABILITY_AGGREGATE_PARSER_H_
