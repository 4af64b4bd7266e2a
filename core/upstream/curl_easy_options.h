// Every option that Portico sets on a libcurl easy handle, and why.
#ifndef PORTICO_CORE_UPSTREAM_CURL_EASY_OPTIONS_H_
#define PORTICO_CORE_UPSTREAM_CURL_EASY_OPTIONS_H_

#include <curl/curl.h>

#include "absl/time/time.h"
#include "core/upstream/trust_bundle.h"
#include "core/upstream/upstream_client.h"

namespace portico::upstream {

enum class CurlUse {
  kUnary,
  kRelay,    // as kUnary, with the body left as encoded
  kStream,   // a connection of its own, small buffers
  kConnect,  // connects and sends nothing
};

// What stays the same for a handle's whole life. What `trust` holds is copied. Fails only when
// libcurl lacks an option.
CURLcode SetConstantOptions(CURL* easy, CurlUse use, const TrustBundle& trust);

// Method, URL, body, headers, limits: sets all that one request may change, so
// that nothing is left of the request before. `request`, `url` and `headers` must
// outlive the transfer. `remaining` is the time until the deadline (> 0).
// A null `url` leaves it to libcurl to take the request's apart.
CURLcode SetRequestOptions(CURL* easy, const UpstreamRequest& request, CURLU* url,
                           curl_slist* headers, bool http2, absl::Duration remaining);

// Authorities and certificate in place of those of SetConstantOptions. A handle that has
// them is not for other upstreams.
CURLcode SetClientTls(CURL* easy, const ClientTls& tls);

// Takes back what points into a request.
void ClearRequestOptions(CURL* easy);

// For CURLOPT_TIMEOUT_MS and CURLOPT_CONNECTTIMEOUT_MS, where 0 means "none":
// whole milliseconds, at least 1; an infinite duration is 0.
long TimeoutMillis(absl::Duration duration);

bool IsHttps(absl::string_view url);

}  // namespace portico::upstream

#endif  // PORTICO_CORE_UPSTREAM_CURL_EASY_OPTIONS_H_
