// The response of a synthesised RPC whose answer is declared: a field for each member.
//
// Pure function; any thread.
#ifndef PORTICO_CORE_SYNTHESIS_DECLARED_RESPONSE_H_
#define PORTICO_CORE_SYNTHESIS_DECLARED_RESPONSE_H_

#include <string>
#include <vector>

#include "core/plan/output.h"
#include "core/synthesis/request_message.h"

namespace portico::synthesis {

// The message `name` for `output`, an object with properties, or an array with items,
// which are its only field, `result`. Objects inside are nested messages, all directly
// in this one and called by their path ("FormatSizeObject"); what is not known is a
// google.protobuf.Value, Struct or ListValue. Each message ends in `unmodeled_json`. A
// member whose name can be no json_name has no field; the comment there names it.
// `problems` is told of members whose numbers clash.
MessageText WriteDeclaredResponse(const plan::Output& output, const std::string& name,
                                  const std::string& package, std::vector<std::string>* problems);

}  // namespace portico::synthesis

#endif  // PORTICO_CORE_SYNTHESIS_DECLARED_RESPONSE_H_
