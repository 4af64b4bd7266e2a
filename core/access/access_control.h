// Lets callers in or not, for every door: what each Access of a Plan demands, with its
// secrets resolved once from the environment.
//
// Immutable; any thread. The Plan must outlive it. Secrets never leave it: no status,
// log or challenge holds one.
#ifndef PORTICO_CORE_ACCESS_ACCESS_CONTROL_H_
#define PORTICO_CORE_ACCESS_ACCESS_CONTROL_H_

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "core/invoke/outcome.h"
#include "core/plan/plan.h"
#include "core/upstream/credential_resolver.h"

namespace portico::access {

// What a caller shows of itself, as its door finds it. Names of fields in any case.
class Caller {
 public:
  // The first value of a header field or metadata entry; nullopt when absent.
  virtual std::optional<std::string> Field(absl::string_view name) const = 0;
  // Of a parameter of the URL's query, decoded.
  virtual std::optional<std::string> Query(absl::string_view name) const = 0;

 protected:
  ~Caller() = default;
};

class AccessControl {
 public:
  AccessControl(const plan::Plan& plan, const upstream::Environment& environment);

  // Nullopt when the caller may pass. kUnauthenticated (UNAUTHENTICATED) when it shows
  // nothing, or the wrong thing; kFailedPrecondition (ACCESS_NOT_CONFIGURED) when nobody
  // can show the right thing, because the environment lacks it.
  std::optional<invoke::CallError> Refusal(const plan::Access& access, const Caller& caller) const;

  // The value of WWW-Authenticate (RFC 9110, 11.6.1), which a 401 owes: a challenge for
  // each way in.
  std::string Challenge(const plan::Access& access) const;

  // What keeps everybody out, as upstream::Credential::missing names it; empty when
  // somebody can get in.
  const std::vector<std::string>& Missing(const plan::Access& access) const {
    return gates_[access.index].missing;
  }
  // The same of any route, tool or method that calls Plan::upstreams()[upstream].
  const std::vector<std::string>& MissingOf(std::size_t upstream) const {
    return missing_of_[upstream];
  }

 private:
  // One way in.
  struct Key {
    bool in_query = false;
    std::string name;    // of the field or parameter
    std::string scheme;  // before the secret and a space: "Bearer"; empty: none
    std::string secret;
  };
  struct Gate {
    std::vector<Key> keys;             // those that can be shown
    std::vector<std::string> missing;  // when there are none
  };

  static bool Shows(const Caller& caller, const Key& key, bool* tried);
  static Gate MakeGate(const plan::Access& access, const upstream::Environment& environment);
  void FindMissing(const plan::Plan& plan);

  std::vector<Gate> gates_;  // by Access::index
  std::vector<std::vector<std::string>> missing_of_;
};

}  // namespace portico::access

#endif  // PORTICO_CORE_ACCESS_ACCESS_CONTROL_H_
