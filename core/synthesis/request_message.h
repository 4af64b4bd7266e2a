// The request of a synthesised RPC: a field for each input, and the body.
//
// Pure functions; any thread.
#ifndef PORTICO_CORE_SYNTHESIS_REQUEST_MESSAGE_H_
#define PORTICO_CORE_SYNTHESIS_REQUEST_MESSAGE_H_

#include <google/protobuf/descriptor.pb.h>

#include <string>
#include <vector>

#include "core/synthesis/service.h"

namespace portico::synthesis {

inline constexpr char kBodyField[] = "body";
inline constexpr int kBodyNumber = 1;

struct MessageText {
  google::protobuf::DescriptorProto message;
  std::vector<std::string> comments;                      // of its fields
  std::vector<std::vector<std::string>> nested_comments;  // of those of its nested messages
};

// Field i is that of rpc.inputs[i]; then, if it takes a body, `body` (a
// google.protobuf.Value, the whole body) and `unmodeled_json` (the body's text,
// instead, when a Value cannot hold it exactly). The json_name of a field is the
// input's own name wherever protoc takes that. `problems` is told of inputs whose
// numbers clash.
MessageText WriteRequest(const Rpc& rpc, std::vector<std::string>* problems);

}  // namespace portico::synthesis

#endif  // PORTICO_CORE_SYNTHESIS_REQUEST_MESSAGE_H_
