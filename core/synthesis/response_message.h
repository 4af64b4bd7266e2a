// The response of a synthesised RPC: the answer as it is declared, or whatever it is,
// or one of its events.
//
// Pure functions; any thread. The fields are codec::DeclaredAnswerCodec's, AnswerCodec's
// and EventCodec's.
#ifndef PORTICO_CORE_SYNTHESIS_RESPONSE_MESSAGE_H_
#define PORTICO_CORE_SYNTHESIS_RESPONSE_MESSAGE_H_

#include <string>
#include <vector>

#include "core/synthesis/request_message.h"
#include "core/synthesis/service.h"

namespace portico::synthesis {

// answer_form.h says which. `package` is that of the service; `problems` is told of
// members whose numbers clash.
MessageText WriteResponse(const Rpc& rpc, const std::string& package,
                          std::vector<std::string>* problems);

}  // namespace portico::synthesis

#endif  // PORTICO_CORE_SYNTHESIS_RESPONSE_MESSAGE_H_
