// A caller's JSON, and what to call it in messages.
//
// Pure functions; any thread.
#ifndef PORTICO_GATEWAY_MCP_JSON_VALUE_H_
#define PORTICO_GATEWAY_MCP_JSON_VALUE_H_

#include <string>

#include "core/codec/json_value.h"

namespace portico::mcp {

using codec::JsonValue;
using codec::ParseJson;
using codec::WriteJson;

// "an object", "the number 5": for messages. Long values are cut.
std::string Described(const JsonValue& value);

}  // namespace portico::mcp

#endif  // PORTICO_GATEWAY_MCP_JSON_VALUE_H_
