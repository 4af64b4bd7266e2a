// Inputs called `Authorization` next to the credential of an API (dialect, feature 6).
//
// Pure function; any thread.
#ifndef PORTICO_CORE_PLAN_AUTHORIZATION_SETTLER_H_
#define PORTICO_CORE_PLAN_AUTHORIZATION_SETTLER_H_

#include "core/capability/finding.h"
#include "core/plan/plan_draft.h"

namespace portico::plan {

// After overlays, which may have given an API a credential that its file lacks: there the
// input is left out with a warning, or, when `allowed`, replaces the credential where a
// caller gives it.
void SettleAuthorization(bool allowed, PlanDraft* draft, capability::Findings* findings);

}  // namespace portico::plan

#endif  // PORTICO_CORE_PLAN_AUTHORIZATION_SETTLER_H_
