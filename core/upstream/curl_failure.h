// What a CURLcode means: the one place that knows (rows of the failure table).
// Pure; any thread.
#ifndef PORTICO_CORE_UPSTREAM_CURL_FAILURE_H_
#define PORTICO_CORE_UPSTREAM_CURL_FAILURE_H_

#include <curl/curl.h>

#include "core/upstream/upstream_client.h"

namespace portico::upstream {

// What one needs to know besides the code, which alone can mean several things.
struct FailureFacts {
  bool deadline_passed = false;  // the caller's, as opposed to the connect limit
  bool connected = false;        // TCP, and TLS for https
  bool request_sent = false;     // some of it
  bool head_complete = false;
};

// CURLE_OK is kNone.
Failure FailureOf(CURLcode code, const FailureFacts& facts);

}  // namespace portico::upstream

#endif  // PORTICO_CORE_UPSTREAM_CURL_FAILURE_H_
