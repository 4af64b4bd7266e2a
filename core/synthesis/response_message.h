// The response of a synthesised RPC: the upstream's answer, whatever it is, or one
// of its events.
//
// Pure functions; any thread. The fields are codec::AnswerCodec's and EventCodec's.
#ifndef PORTICO_CORE_SYNTHESIS_RESPONSE_MESSAGE_H_
#define PORTICO_CORE_SYNTHESIS_RESPONSE_MESSAGE_H_

#include "core/synthesis/request_message.h"
#include "core/synthesis/service.h"

namespace portico::synthesis {

inline constexpr char kResultField[] = "result";

MessageText WriteResponse(const Rpc& rpc);

}  // namespace portico::synthesis

#endif  // PORTICO_CORE_SYNTHESIS_RESPONSE_MESSAGE_H_
