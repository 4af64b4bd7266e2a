// What the REST listener serves beside the capabilities' routes: /healthz (the
// process), /readyz (credentials and upstreams), and pages that others bring.
//
// Immutable; any thread.
#ifndef PORTICO_GATEWAY_REST_SERVICE_PAGES_H_
#define PORTICO_GATEWAY_REST_SERVICE_PAGES_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "gateway/rest/rest_door.h"

namespace portico::rest {

// Whether calls of one consumed API can succeed.
struct UpstreamState {
  std::string space;   // its namespace
  std::string reason;  // why it is not ready, in the operator's words; empty: ready
};

class ServicePages : public FixedPages {
 public:
  // `states` is called on the loops' threads. Serves /readyz 200 when all upstreams
  // are ready, else 503; both name each upstream.
  explicit ServicePages(std::function<std::vector<UpstreamState>()> states)
      : states_(std::move(states)) {}

  bool Serve(const http::RequestHead& head, absl::string_view path,
             http::ResponseWriter* writer) const override;

 private:
  const std::function<std::vector<UpstreamState>()> states_;
};

}  // namespace portico::rest

#endif  // PORTICO_GATEWAY_REST_SERVICE_PAGES_H_
