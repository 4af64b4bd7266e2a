// The secrets that Portico presents to upstreams, resolved once at start from
// the environment variables that the capability files name.
//
// `{{env.NAME}}`, `{{NAME}}` and `{{namespace.NAME}}` stand for the environment
// variable that `binds` gives for the name, else for the variable NAME itself.
//
// Immutable after construction; any thread. Secrets are handed out only as
// request headers (or a query parameter) and never appear in a status, log or
// stream.
#ifndef PORTICO_CORE_UPSTREAM_CREDENTIALS_H_
#define PORTICO_CORE_UPSTREAM_CREDENTIALS_H_

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/plan/plan.h"
#include "core/upstream/upstream_client.h"

namespace portico::upstream {

// Reads one environment variable; nullopt when unset. Unset and empty both count as missing.
using Environment = std::function<std::optional<std::string>(const std::string& name)>;

// What one `{{NAME}}` in a constant of an operation stands for.
struct Variable {
  std::string value;
  std::string missing;  // empty when there is a value; otherwise as Credential::missing
};

// What to send with every call to one upstream. Not usable: nothing is sent and
// the call fails, so `headers` and `query` are then empty.
struct Credential {
  std::vector<Header> headers;  // e.g. Authorization: Bearer ...
  std::string query;            // "name=value", percent-encoded, or empty
  // What keeps it from being used, in the order of the file: the names of unset
  // environment variables, or a name with the reason in brackets, such as
  // "RENDER_API_KEY (contains a line break)". Never a value.
  std::vector<std::string> missing;
  // By plan::Upstream::variables; also of a Credential that is not usable.
  std::map<std::string, Variable, std::less<>> variables;
  bool usable() const { return missing.empty(); }
};

class Credentials {
 public:
  // One credential for each of Plan::upstreams(). Secrets that a header cannot
  // carry (CR, LF, NUL and other control characters) count as missing.
  Credentials(const std::vector<plan::Upstream>& upstreams, const Environment& environment);

  // For upstreams[upstream].
  const Credential& ForUpstream(std::size_t upstream) const { return by_upstream_[upstream]; }

 private:
  std::vector<Credential> by_upstream_;
};

}  // namespace portico::upstream

#endif  // PORTICO_CORE_UPSTREAM_CREDENTIALS_H_
