#include "core/plan/authorization_settler.h"

#include <algorithm>
#include <vector>

#include "absl/strings/match.h"

namespace portico::plan {
namespace {

bool IsUnsettled(const Parameter& parameter) {
  return parameter.location == ParameterLocation::kHeader && !parameter.replaces_credential &&
         absl::EqualsIgnoreCase(parameter.name, "Authorization");
}

}  // namespace

void SettleAuthorization(bool allowed, PlanDraft* draft, capability::Findings* findings) {
  for (const auto& drafted : draft->operations) {
    Operation& operation = *drafted->operation;
    const Upstream& upstream = draft->upstreams[operation.upstream];
    if (upstream.authentication.scheme == AuthenticationScheme::kNone) continue;
    std::vector<Parameter>& parameters = operation.parameters;
    const auto found = std::find_if(parameters.begin(), parameters.end(), IsUnsettled);
    if (found == parameters.end()) continue;
    if (allowed) {
      found->required = false;
      found->replaces_credential = true;
      continue;
    }
    drafted->untaken.push_back(found->name);
    parameters.erase(found);
    findings->push_back({capability::Severity::kWarning, operation.place, operation.id,
                         "\"Authorization\" is not taken from callers: the overlay's credential is "
                         "sent; --allow-caller-authorization lets a caller's replace it",
                         capability::Rule::kHeaderNotTaken});
  }
}

}  // namespace portico::plan
