// The problems that the listener itself answers with, before or beside any door.
//
// Pure; any thread.
#ifndef PORTICO_GATEWAY_HTTP_REFUSALS_H_
#define PORTICO_GATEWAY_HTTP_REFUSALS_H_

#include <cstddef>
#include <string>

#include "gateway/http/problem.h"

namespace portico::http {

Problem MalformedRequest(std::string detail);    // 400
Problem RequestTimeout(std::string detail);      // 408
Problem TargetTooLong(std::size_t limit_bytes);  // 414
Problem ExpectationFailed(std::string detail);   // 417
Problem HeadTooLarge(std::string detail);        // 431
Problem NoResponse();                            // 500: a door broke its promise
Problem TooManyConnections(std::size_t limit);   // 503
Problem HttpVersionNotSupported();               // 505

}  // namespace portico::http

#endif  // PORTICO_GATEWAY_HTTP_REFUSALS_H_
