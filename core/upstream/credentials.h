// The secrets that Portico presents to upstreams, resolved once at start from
// the environment variables that capability files and overlays name. Where an overlay
// names a file, that is looked at again, at most once a second.
//
// Any thread. Secrets are handed out only as request headers (or query parameters) and
// never appear in a status, log or stream.
#ifndef PORTICO_CORE_UPSTREAM_CREDENTIALS_H_
#define PORTICO_CORE_UPSTREAM_CREDENTIALS_H_

#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "core/plan/plan.h"
#include "core/upstream/credential.h"
#include "core/upstream/credential_resolver.h"

namespace portico::upstream {

class Credentials {
 public:
  using Clock = std::function<absl::Time()>;

  // One credential for each of Plan::upstreams(), which must outlive the object when
  // they name files.
  Credentials(const std::vector<plan::Upstream>& upstreams, const Environment& environment,
              Clock clock = &absl::Now);

  // For upstreams[upstream], as it is now; never null. Points into this object, without
  // counting references, unless a file holds the secret.
  std::shared_ptr<const Credential> ForUpstream(std::size_t upstream) const;

 private:
  // A credential that files hold.
  struct Watched {
    const plan::Upstream* upstream;
    Environment environment;
    std::vector<std::string> files;
    std::mutex mutex;  // of what follows
    std::vector<std::string> stamps;
    absl::Time next_look;
    std::shared_ptr<const Credential> current;
  };

  std::shared_ptr<const Credential> Look(Watched& watched) const;

  const Clock clock_;
  std::vector<Credential> fixed_;
  std::vector<std::unique_ptr<Watched>> watched_;  // null for most upstreams
};

}  // namespace portico::upstream

#endif  // PORTICO_CORE_UPSTREAM_CREDENTIALS_H_
