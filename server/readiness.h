// Whether calls of each upstream can succeed, and in the operator's words why not.
//
// Any thread. What it is made of must outlive it.
#ifndef PORTICO_SERVER_READINESS_H_
#define PORTICO_SERVER_READINESS_H_

#include <atomic>
#include <cstddef>
#include <string>
#include <vector>

#include "core/access/access_control.h"
#include "core/plan/plan.h"
#include "core/upstream/credentials.h"
#include "core/upstream/upstream_health.h"
#include "gateway/rest/service_pages.h"

namespace portico::server {

class Readiness {
 public:
  Readiness(const plan::Plan& plan, const upstream::Credentials& credentials,
            const access::AccessControl& access, const upstream::UpstreamHealth& health,
            const std::atomic<bool>& draining)
      : plan_(plan),
        credentials_(credentials),
        access_(access),
        health_(health),
        draining_(draining) {}

  // Of Plan::upstreams()[upstream]; empty: it is ready.
  std::string WhyNot(std::size_t upstream) const;
  std::vector<rest::UpstreamState> States() const;

 private:
  const plan::Plan& plan_;
  const upstream::Credentials& credentials_;
  const access::AccessControl& access_;
  const upstream::UpstreamHealth& health_;
  const std::atomic<bool>& draining_;  // once it is true, nothing is ready
};

}  // namespace portico::server

#endif  // PORTICO_SERVER_READINESS_H_
