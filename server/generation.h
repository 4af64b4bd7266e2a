// Everything that is made of one Plan: what the doors serve, and how its upstreams fare.
// A reload makes the next one beside it and swaps; a generation lives until the last call
// that began on it has ended.
//
// Any thread; immutable, but for health and the document's first reader.
#ifndef PORTICO_SERVER_GENERATION_H_
#define PORTICO_SERVER_GENERATION_H_

#include <atomic>
#include <cstddef>
#include <functional>
#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "core/access/access_control.h"
#include "core/plan/plan.h"
#include "core/upstream/credentials.h"
#include "core/upstream/upstream_health.h"
#include "gateway/mcp/mcp_door.h"
#include "gateway/openapi/openapi_document.h"
#include "gateway/page/document_pages.h"
#include "gateway/rest/rest_door.h"
#include "gateway/rest/service_pages.h"
#include "server/front_pages.h"
#include "server/grpc/served_services.h"
#include "server/readiness.h"

namespace portico::server {

class Generation {
 public:
  // What all generations share. It must outlive them.
  struct Site {
    mcp::McpOptions mcp;
    mcp::RateLimiter& limiter;
    const std::atomic<bool>& draining;
    // Told that an upstream's reachability has changed, on the reporting thread.
    std::function<void(const Generation&, std::size_t upstream)> on_reachability;
  };

  // What was learnt of the upstreams of `before` (null: none) is known of those of the
  // same namespace and base URI. Errors as MethodTable::Compile.
  static absl::StatusOr<std::shared_ptr<Generation>> Make(std::shared_ptr<const plan::Plan> plan,
                                                          const upstream::Environment& environment,
                                                          const Site& site,
                                                          const Generation* before);

  // The OpenAPI document and the page for people, which name the doors' addresses: known
  // only once all are open. Once.
  void Publish(openapi::Doors doors);

  const plan::Plan& plan() const { return *plan_; }
  const upstream::Credentials& credentials() const { return credentials_; }
  const access::AccessControl& access() const { return access_; }
  upstream::UpstreamHealth& health() { return health_; }
  const upstream::UpstreamHealth& health() const { return health_; }
  const Readiness& readiness() const { return readiness_; }
  const rest::Routes& routes() const { return routes_; }
  const FrontPages& pages() const { return pages_; }
  const mcp::Endpoints& endpoints() const { return endpoints_; }
  const ServedServices& services() const { return *services_; }

  // Which upstreams are ready, by their index.
  std::vector<bool> ReadyUpstreams() const;

 private:
  Generation(std::shared_ptr<const plan::Plan> plan, const upstream::Environment& environment,
             const Site& site);

  const std::shared_ptr<const plan::Plan> plan_;
  const upstream::Credentials credentials_;
  const access::AccessControl access_;
  upstream::UpstreamHealth health_;
  const Readiness readiness_;
  const rest::Routes routes_;
  const mcp::Endpoints endpoints_;
  std::unique_ptr<const ServedServices> services_;
  const rest::ServicePages service_pages_;
  FrontPages pages_;
  std::unique_ptr<openapi::OpenApiDocument> document_;
  std::unique_ptr<page::DocumentPages> document_pages_;
};

}  // namespace portico::server

#endif  // PORTICO_SERVER_GENERATION_H_
