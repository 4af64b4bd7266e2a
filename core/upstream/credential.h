// What Portico sends to prove itself to one upstream, with every secret resolved.
//
// Plain data; any thread. Nothing of it may appear in a status, log or stream.
#ifndef PORTICO_CORE_UPSTREAM_CREDENTIAL_H_
#define PORTICO_CORE_UPSTREAM_CREDENTIAL_H_

#include <optional>
#include <string>
#include <vector>

#include "core/plan/header.h"

namespace portico::upstream {

using plan::Header;

// How a token is asked for (RFC 6749, 4.4.2).
struct TokenRequest {
  std::string url;
  std::vector<Header> secrets;  // Authorization, unless the form holds the secret
  std::string form;             // application/x-www-form-urlencoded
};

// Not usable: nothing is sent and the call fails, so all but `missing` is then empty.
struct Credential {
  std::vector<Header> headers;  // e.g. Authorization: Bearer ...
  // An overlay's static ones; the request's own of the same name go before.
  std::vector<Header> fixed_headers;
  std::string query;  // "name=value", several with "&" between, percent-encoded; or empty
  // A bearer token has to be fetched, and sent with `headers`.
  std::optional<TokenRequest> token_request;
  // What keeps it from being used, in the order of the file: the names of unset
  // environment variables, or a name with the reason in brackets, such as
  // "RENDER_API_KEY (contains a line break)". Never a value.
  std::vector<std::string> missing;
  bool usable() const { return missing.empty(); }
};

}  // namespace portico::upstream

#endif  // PORTICO_CORE_UPSTREAM_CREDENTIAL_H_
