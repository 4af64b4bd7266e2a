// Reads what an MCP door serves besides tools: resources and prompts.
//
// Findings go to the reader's log; what could be read is returned all the same.
#ifndef PORTICO_CORE_CAPABILITY_LIBRARY_PARSER_H_
#define PORTICO_CORE_CAPABILITY_LIBRARY_PARSER_H_

#include "core/capability/capability.h"
#include "core/capability/map_reader.h"

namespace portico::capability {

McpResource ReadMcpResource(MapReader& reader);

Prompt ReadPrompt(MapReader& reader);

}  // namespace portico::capability

#endif  // PORTICO_CORE_CAPABILITY_LIBRARY_PARSER_H_
