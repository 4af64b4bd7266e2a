#include "server/readiness.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace portico::server {

std::string Readiness::WhyNot(std::size_t index) const {
  if (draining_) return "shutting down";
  const auto credential = credentials_.ForUpstream(index);
  if (!credential->usable()) {
    return absl::StrCat("no credential: set ", absl::StrJoin(credential->missing, ", "));
  }
  const plan::Upstream& upstream = plan_.upstreams()[index];
  if (upstream.base_uri.empty()) {
    return absl::StrCat("no base URI: start with --upstream ", upstream.space, "=https://...");
  }
  return health_.reachable(index) ? "" : "cannot be reached";
}

std::vector<rest::UpstreamState> Readiness::States() const {
  std::vector<rest::UpstreamState> states;
  for (std::size_t i = 0; i < plan_.upstreams().size(); ++i) {
    states.push_back({plan_.upstreams()[i].space, WhyNot(i)});
  }
  return states;
}

}  // namespace portico::server
