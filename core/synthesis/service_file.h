// A synthesised service as the file that its .proto would be.
//
// Pure functions; any thread.
#ifndef PORTICO_CORE_SYNTHESIS_SERVICE_FILE_H_
#define PORTICO_CORE_SYNTHESIS_SERVICE_FILE_H_

#include <google/protobuf/descriptor.pb.h>

#include <string>
#include <vector>

#include "core/synthesis/service.h"

namespace portico::synthesis {

// What is noteworthy of one RPC.
struct Note {
  const Rpc* rpc;
  std::string text;
};

// With comments. Its path follows from package and service, as buf wants it:
// "northflank_jobs/v1/northflank_jobs_service.proto".
google::protobuf::FileDescriptorProto WriteServiceFile(const Service& service,
                                                       std::vector<Note>* notes);

}  // namespace portico::synthesis

#endif  // PORTICO_CORE_SYNTHESIS_SERVICE_FILE_H_
