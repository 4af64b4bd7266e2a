// Which operations answer with server-sent events. The files say json of every
// answer, so it is read from what else they say.
//
// Pure functions; any thread. A stream that no rule sees is still one when the
// upstream answers text/event-stream.
#ifndef PORTICO_CORE_PLAN_STREAM_DETECTION_H_
#define PORTICO_CORE_PLAN_STREAM_DETECTION_H_

#include "absl/strings/string_view.h"

namespace portico::plan {

// Whether a text (a description, a header's value) speaks of server-sent events:
// "text/event-stream", "server-sent events", or "SSE" as a word.
bool SaysEventStream(absl::string_view text);

// Whether the path ends in a literal segment "eventstream", spelled anyhow. Not
// "event-streams": that is a list of things called so.
bool PathSaysEventStream(absl::string_view path);

}  // namespace portico::plan

#endif  // PORTICO_CORE_PLAN_STREAM_DETECTION_H_
