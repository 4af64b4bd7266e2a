// google.api.http of a synthesised RPC: its routes, in the words of its request.
//
// Pure function; any thread.
#ifndef PORTICO_CORE_SYNTHESIS_HTTP_BINDING_H_
#define PORTICO_CORE_SYNTHESIS_HTTP_BINDING_H_

#include <google/protobuf/descriptor.pb.h>

#include <string>
#include <vector>

#include "core/synthesis/service.h"

namespace portico::synthesis {

// `field_names`: of each of the Rpc's inputs. Routes that google.api.http cannot
// write are left out: those with text around a placeholder ("{id}.json"), and those
// that take a placeholder's value from elsewhere.
void SetHttpRule(const Rpc& rpc, const std::vector<std::string>& field_names,
                 google::protobuf::MethodOptions* options);

}  // namespace portico::synthesis

#endif  // PORTICO_CORE_SYNTHESIS_HTTP_BINDING_H_
