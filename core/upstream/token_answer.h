// What a token endpoint answers (RFC 6749, 5.1 and 5.2).
//
// Pure functions; any thread. No error holds anything of the answer but its `error` code.
#ifndef PORTICO_CORE_UPSTREAM_TOKEN_ANSWER_H_
#define PORTICO_CORE_UPSTREAM_TOKEN_ANSWER_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace portico::upstream {

struct GrantedToken {
  std::string token;
  // From now on; of a server that does not say, five minutes.
  absl::Duration lifetime;
};

// FailedPrecondition when the server refuses this client (4xx), or grants nothing that can
// be sent as a bearer token; Unavailable when it may do so later (408, 429, 5xx).
absl::StatusOr<GrantedToken> ReadTokenAnswer(int status, absl::string_view body);

// How long a token is used: it is fetched anew 30 s, or a tenth of its life, before its end.
absl::Duration UsableFor(absl::Duration lifetime);

}  // namespace portico::upstream

#endif  // PORTICO_CORE_UPSTREAM_TOKEN_ANSWER_H_
