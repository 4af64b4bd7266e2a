// Answers in Backstage's wording and headers.
//
// Threads: the server's own.
#ifndef PORTICO_DEMO_BACKSTAGE_REPLY_H_
#define PORTICO_DEMO_BACKSTAGE_REPLY_H_

#include "absl/strings/string_view.h"
#include "demo/exchange.h"

namespace portico::demo {

// Where the scaffolder's paths begin; error bodies name URLs without it.
inline constexpr absl::string_view kScaffolderBase = "/api/scaffolder";

void ReplyJson(Exchange& exchange, int status, absl::string_view body);

// {"error":{name,message},"request":{method,url},"response":{statusCode}}
void ReplyError(Exchange& exchange, const Request& request, int status, absl::string_view name,
                absl::string_view message);
void ReplyInputError(Exchange& exchange, const Request& request, absl::string_view message);

// What Backstage says to paths and methods it does not know: 404, chunked, empty,
// without a Content-Type.
void ReplyUnknownPath(Exchange& exchange);

ResponseHead EventStreamHead();

}  // namespace portico::demo

#endif  // PORTICO_DEMO_BACKSTAGE_REPLY_H_
