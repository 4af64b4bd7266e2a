// A descriptor as the text of its .proto, comments and options included: what protoc
// would make the same descriptor of.
//
// Pure function; any thread.
#ifndef PORTICO_CORE_SYNTHESIS_PROTO_SOURCE_H_
#define PORTICO_CORE_SYNTHESIS_PROTO_SOURCE_H_

#include <string>

namespace google::protobuf {
class FileDescriptor;
}

namespace portico::synthesis {

// Begins with a comment that names the file, relative to the import root.
std::string ProtoSource(const google::protobuf::FileDescriptor& file);

}  // namespace portico::synthesis

#endif  // PORTICO_CORE_SYNTHESIS_PROTO_SOURCE_H_
