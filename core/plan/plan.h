// All loaded capabilities, compiled: what Portico can call and under which
// names it serves it. Built once by plan_compiler.h, then immutable and shared.
//
// Any thread. Everything it hands out lives as long as the Plan.
#ifndef PORTICO_CORE_PLAN_PLAN_H_
#define PORTICO_CORE_PLAN_PLAN_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "core/plan/header.h"
#include "core/plan/operation.h"

namespace portico::plan {

enum class AuthenticationScheme { kNone, kBearer, kBasic, kApiKey, kClientCredentials };

// How Portico proves itself to an upstream. The texts may hold `{{env.NAME}}`;
// they are resolved by upstream/credentials.h and never kept in a Plan.
struct Authentication {
  AuthenticationScheme scheme = AuthenticationScheme::kNone;
  // Bearer token, basic password, API key or client's secret, as written
  std::string secret;
  std::string secret_file;  // holds it instead, and may change while Portico runs
  std::string username;     // basic; of client credentials the client's id
  std::string key_name;   // API key only: name of the header or query parameter
  bool in_query = false;  // API key only
  // Client credentials only: what the token is asked for, and how.
  std::string token_url;
  std::string scope;     // as sent: scopes with a space between; empty: not sent
  std::string audience;  // empty: not sent
  bool secret_in_body = false;
  // `binds` of the file: name used in the file -> environment variable; each as
  // "NAMESPACE.NAME" and as "NAME".
  std::vector<std::pair<std::string, std::string>> variables;
};

// PEM files; empty: none. The key goes with the certificate.
struct TlsFiles {
  std::string ca_file;  // trusted besides the process's
  std::string certificate_file;
  std::string key_file;
  bool empty() const { return ca_file.empty() && certificate_file.empty(); }
};

// One `consumes` entry: an API that Portico calls.
struct Upstream {
  std::string space;  // its namespace
  std::string label;  // `info.label` of the file that declares it, for people
  // http:// or https://, as the file or the operator writes it; no query, no
  // fragment. Empty when neither says it, or when it still holds a placeholder.
  std::string base_uri;
  Authentication authentication;
  // Sent together with the first. Only an overlay states several.
  std::vector<Authentication> further_authentication;
  // Sent with every request that has none of the name; values may hold `{{env.NAME}}`.
  std::vector<Header> headers;
  Timeouts timeouts;
  TlsFiles tls;
  capability::Place place;
};

class Plan {
 public:
  Plan(const Plan&) = delete;
  Plan& operator=(const Plan&) = delete;

  const std::vector<Upstream>& upstreams() const { return upstreams_; }
  const std::vector<std::unique_ptr<const Operation>>& operations() const { return operations_; }
  const std::vector<Method>& methods() const { return methods_; }
  const std::vector<Route>& routes() const { return routes_; }
  const std::vector<Tool>& tools() const { return tools_; }

  // By "/package.Service/Method"; null when unknown.
  const Method* FindMethod(absl::string_view path) const;
  // By "<namespace>.<name>"; null when unknown.
  const Operation* FindOperation(absl::string_view id) const;

 private:
  friend class PlanBuilder;
  Plan() = default;

  std::vector<Upstream> upstreams_;
  std::vector<std::unique_ptr<const Operation>> operations_;
  std::vector<Method> methods_;
  std::vector<Route> routes_;
  std::vector<Tool> tools_;
  absl::flat_hash_map<std::string, const Method*> methods_by_path_;
  absl::flat_hash_map<std::string, const Operation*> operations_by_id_;
};

}  // namespace portico::plan

#endif  // PORTICO_CORE_PLAN_PLAN_H_
