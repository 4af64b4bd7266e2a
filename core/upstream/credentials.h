// The secrets that Portico presents to upstreams, resolved once at start from
// the environment variables that the capability files name.
//
// Immutable after construction; any thread. Secrets are handed out only as
// request headers (or a query parameter) and never appear in a status, log or stream.
#ifndef PORTICO_CORE_UPSTREAM_CREDENTIALS_H_
#define PORTICO_CORE_UPSTREAM_CREDENTIALS_H_

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/plan/plan.h"
#include "core/upstream/upstream_client.h"

namespace portico::upstream {

// Reads one environment variable; nullopt when unset. Unset and empty both count as missing.
using Environment = std::function<std::optional<std::string>(const std::string& name)>;

struct Credential {
  std::vector<Header> headers;          // e.g. Authorization: Bearer ...
  std::string query;                    // "name=value", percent-encoded, or empty
  std::vector<std::string> missing;     // environment variables that are not set
  bool usable() const { return missing.empty(); }
};

class Credentials {
 public:
  Credentials(const plan::Plan& plan, const Environment& environment);
  // For Plan::upstreams()[upstream].
  const Credential& ForUpstream(std::size_t upstream) const { return by_upstream_[upstream]; }

 private:
  std::vector<Credential> by_upstream_;
};

}  // namespace portico::upstream

#endif  // PORTICO_CORE_UPSTREAM_CREDENTIALS_H_
