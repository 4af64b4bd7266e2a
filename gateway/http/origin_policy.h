// Which browsers' pages may call: what stands between the keys that Portico holds
// and any web page that its user happens to open.
//
// Immutable; any thread.
#ifndef PORTICO_GATEWAY_HTTP_ORIGIN_POLICY_H_
#define PORTICO_GATEWAY_HTTP_ORIGIN_POLICY_H_

#include <optional>
#include <string>
#include <vector>

#include "core/plan/operation.h"
#include "gateway/http/problem.h"
#include "gateway/http/request_head.h"

namespace portico::http {

struct OriginOptions {
  // Pages of these origins may call (CORS): "https://app.example.com", as browsers
  // spell them. Empty: only pages of the very origin that they call.
  std::vector<std::string> cors_origins;
  // Names beside localhost and loopback addresses that Host may hold on a loopback
  // listener, such as a reverse proxy's.
  std::vector<std::string> hosts;
  // Only this machine reaches the listener: a foreign Host is then a page that made
  // its own name point here (DNS rebinding).
  bool loopback = true;
  // Pages of the very host that is called may call. Only where the Host is known to
  // be ours does that mean anything: a page that made its name point here has it too.
  bool own_pages = true;
};

class OriginPolicy {
 public:
  explicit OriginPolicy(OriginOptions options) : options_(std::move(options)) {}

  // FOREIGN_HOST or FOREIGN_ORIGIN (403), or nothing. A request without Origin is
  // no browser's cross-origin request.
  std::optional<Problem> Refusal(const RequestHead& head) const;

  // What an allowed cross-origin page gets to see, and of a preflight, may send.
  // Empty for all others.
  std::vector<plan::Header> FieldsFor(const RequestHead& head) const;
  static bool IsPreflight(const RequestHead& head);

 private:
  bool Allows(absl::string_view origin) const;
  bool KnowsHost(absl::string_view host) const;

  const OriginOptions options_;
};

}  // namespace portico::http

#endif  // PORTICO_GATEWAY_HTTP_ORIGIN_POLICY_H_
