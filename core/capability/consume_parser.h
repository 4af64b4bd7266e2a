// Reads one `consumes` entry: an API that Portico calls.
#ifndef PORTICO_CORE_CAPABILITY_CONSUME_PARSER_H_
#define PORTICO_CORE_CAPABILITY_CONSUME_PARSER_H_

#include "core/capability/capability.h"
#include "core/capability/map_reader.h"

namespace portico::capability {

// Findings go to the reader's log; what could be read is returned all the same.
Consume ReadConsume(MapReader& reader);

}  // namespace portico::capability

#endif  // PORTICO_CORE_CAPABILITY_CONSUME_PARSER_H_
