// Compares what a caller shows with a secret.
//
// Pure; any thread.
#ifndef PORTICO_CORE_ACCESS_SECRET_COMPARISON_H_
#define PORTICO_CORE_ACCESS_SECRET_COMPARISON_H_

#include "absl/strings/string_view.h"

namespace portico::access {

// Whether the two are the same, in a time that depends on the length of `shown` alone: it
// tells a caller that guesses neither how long `secret` is nor where the guess goes wrong.
// An empty secret is the same as nothing.
bool IsSecret(absl::string_view shown, absl::string_view secret);

}  // namespace portico::access

#endif  // PORTICO_CORE_ACCESS_SECRET_COMPARISON_H_
