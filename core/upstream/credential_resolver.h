// What one upstream's `authentication` and static headers come to, with `{{...}}` and
// secret files replaced by what they stand for.
//
// `{{env.NAME}}`, `{{NAME}}` and `{{namespace.NAME}}` stand for the environment
// variable that `binds` gives for the name, else for the variable NAME itself.
//
// Pure but for the files; any thread.
#ifndef PORTICO_CORE_UPSTREAM_CREDENTIAL_RESOLVER_H_
#define PORTICO_CORE_UPSTREAM_CREDENTIAL_RESOLVER_H_

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/plan/plan.h"
#include "core/upstream/credential.h"

namespace portico::upstream {

// Reads one environment variable; nullopt when unset. Unset and empty both count as missing.
using Environment = std::function<std::optional<std::string>(const std::string& name)>;

// Secrets that a header cannot carry (CR, LF, NUL and other control characters) count as
// missing.
Credential ResolveCredential(const plan::Upstream& upstream, const Environment& environment);

// The files that hold secrets of `upstream`.
std::vector<std::string> SecretFilesOf(const plan::Upstream& upstream);

}  // namespace portico::upstream

#endif  // PORTICO_CORE_UPSTREAM_CREDENTIAL_RESOLVER_H_
