#include "core/upstream/credentials.h"

#include <utility>

#include "core/upstream/secret_file.h"

namespace portico::upstream {
namespace {

// A call must not cost a look at the disk; a rotated secret is valid for longer.
constexpr absl::Duration kLookEvery = absl::Seconds(1);

}  // namespace

Credentials::Credentials(const std::vector<plan::Upstream>& upstreams,
                         const Environment& environment, Clock clock)
    : clock_(std::move(clock)) {
  fixed_.reserve(upstreams.size());  // pointers into it are handed out
  for (const plan::Upstream& upstream : upstreams) {
    std::vector<std::string> files = SecretFilesOf(upstream);
    if (files.empty()) {
      fixed_.push_back(ResolveCredential(upstream, environment));
      watched_.push_back(nullptr);
      continue;
    }
    fixed_.emplace_back();
    auto watched = std::make_unique<Watched>();
    watched->upstream = &upstream;
    watched->environment = environment;
    watched->files = std::move(files);
    watched->next_look = absl::InfinitePast();
    Look(*watched);
    watched_.push_back(std::move(watched));
  }
}

std::shared_ptr<const Credential> Credentials::ForUpstream(std::size_t upstream) const {
  if (watched_[upstream] != nullptr) return Look(*watched_[upstream]);
  return {std::shared_ptr<const Credential>(), &fixed_[upstream]};
}

std::shared_ptr<const Credential> Credentials::Look(Watched& watched) const {
  const absl::Time now = clock_();
  const std::lock_guard lock(watched.mutex);
  if (now < watched.next_look) return watched.current;
  watched.next_look = now + kLookEvery;
  // Stamped before it is read: a change in between shows next time.
  std::vector<std::string> stamps;
  for (const std::string& file : watched.files) stamps.push_back(StampOf(file));
  if (watched.current != nullptr && stamps == watched.stamps) return watched.current;
  watched.stamps = std::move(stamps);
  auto fresh =
      std::make_shared<const Credential>(ResolveCredential(*watched.upstream, watched.environment));
  // A file that is just being written must not stop calls: the upstream says so when
  // what worked before works no more.
  if (fresh->usable() || watched.current == nullptr || !watched.current->usable()) {
    watched.current = std::move(fresh);
  }
  return watched.current;
}

}  // namespace portico::upstream
