// Takes Portico's secrets out of what an upstream says back: some APIs repeat the key that
// they do not take, and what they say becomes a status or a result for callers who do
// not know it.
//
// Pure functions; any thread.
#ifndef PORTICO_CORE_INVOKE_SECRET_ECHO_H_
#define PORTICO_CORE_INVOKE_SECRET_ECHO_H_

#include "core/invoke/outcome.h"
#include "core/plan/operation.h"
#include "core/upstream/credential.h"
#include "core/upstream/token_source.h"
#include "core/upstream/upstream_client.h"

namespace portico::invoke {

// Head and body of an answer that is no success, before anything is made of them.
// `token`: the last one fetched for the upstream, or null. Secrets under 4 bytes stay.
void HideSecrets(const plan::Operation& operation, const upstream::Credential& credential,
                 const upstream::Token* token, Outcome* outcome);

// The secrets of the query alone, of a head that passes through: an upstream names its
// own address in `Location` and the like. What else it says there is the API's.
void HideQuerySecrets(const plan::Operation& operation, const upstream::Credential& credential,
                      upstream::ResponseHead* head);

}  // namespace portico::invoke

#endif  // PORTICO_CORE_INVOKE_SECRET_ECHO_H_
