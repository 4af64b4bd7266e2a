// Server-sent events as lines of JSON (application/x-ndjson).
//
//   {"id":"7","event":"log","data":{"body":{...}}}      data that is JSON
//   {"event":"note","text":"not JSON"}                  any other data
//   {"error":{"type":"urn:portico:problem:...",...}}    the stream broke; the last line
//
// Pure; any thread.
#ifndef PORTICO_GATEWAY_REST_EVENT_LINE_H_
#define PORTICO_GATEWAY_REST_EVENT_LINE_H_

#include <string>

#include "core/upstream/sse_parser.h"
#include "gateway/http/problem.h"

namespace portico::rest {

// With the line's end. `id`, `event` and `retry` (milliseconds) only where the event
// has them; JSON keeps its spelling but for line breaks between its tokens. Bytes of
// a text that are not UTF-8 become U+FFFD.
std::string EventLine(const upstream::SseEvent& event);

std::string ErrorLine(const http::Problem& problem);

// The same as an event, `portico-error`, for a stream that stays text/event-stream.
std::string ErrorEvent(const http::Problem& problem);

}  // namespace portico::rest

#endif  // PORTICO_GATEWAY_REST_EVENT_LINE_H_
