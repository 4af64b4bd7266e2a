// Schemas of Protobuf messages as the JSON that an upstream takes, described by the
// comments of our .proto files.
//
// Pure functions; any thread.
#ifndef PORTICO_GATEWAY_MCP_MESSAGE_SCHEMA_H_
#define PORTICO_GATEWAY_MCP_MESSAGE_SCHEMA_H_

#include <set>

#include "gateway/mcp/input_schema.h"

namespace google::protobuf {
class Descriptor;
class FieldDescriptor;
}  // namespace google::protobuf

namespace portico::mcp {

// `levels`: how many levels of objects there may be; what is deeper is any object.
InputSchema FieldSchema(const google::protobuf::FieldDescriptor& field, int levels);

// The members of `message` but for those in `elsewhere` and those that only answers
// have; no description. The message itself is one of the `levels`.
InputSchema MessageSchema(const google::protobuf::Descriptor& message,
                          const std::set<const google::protobuf::FieldDescriptor*>& elsewhere,
                          int levels);

}  // namespace portico::mcp

#endif  // PORTICO_GATEWAY_MCP_MESSAGE_SCHEMA_H_
