#include "core/access/access_control.h"

#include <algorithm>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/access/secret_comparison.h"
#include "core/plan/composition.h"
#include "core/plan/percent_encoding.h"

namespace portico::access {
namespace {

using plan::Authentication;
using plan::AuthenticationScheme;

// A quoted-string (RFC 9110, 5.6.4) of what may stand in one.
std::string Quoted(absl::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c < ' ' || c > '~') continue;
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + '"';
}

std::string ChallengeOf(const Authentication& authentication, absl::string_view realm) {
  switch (authentication.scheme) {
    case AuthenticationScheme::kBearer:
      return absl::StrCat("Bearer realm=", Quoted(realm));
    case AuthenticationScheme::kBasic:
      return absl::StrCat("Basic realm=", Quoted(realm), ", charset=\"UTF-8\"");
    default:  // not registered with IANA, but what such APIs answer
      return absl::StrCat(
          "ApiKey realm=", Quoted(realm),
          authentication.in_query ? ", query=" : ", header=", Quoted(authentication.key_name));
  }
}

std::string WayIn(const Authentication& authentication) {
  switch (authentication.scheme) {
    case AuthenticationScheme::kBearer:
      return "Authorization: Bearer TOKEN";
    case AuthenticationScheme::kBasic:
      return "Authorization: Basic, with name and password";
    default:
      return absl::StrCat("an API key in the ",
                          authentication.in_query ? "query parameter " : "header ",
                          authentication.key_name);
  }
}

void Add(const std::vector<std::string>& names, std::vector<std::string>* all) {
  for (const std::string& name : names) {
    if (std::find(all->begin(), all->end(), name) == all->end()) all->push_back(name);
  }
}

}  // namespace

AccessControl::AccessControl(const plan::Plan& plan, const upstream::Environment& environment) {
  for (const auto& access : plan.accesses()) gates_.push_back(MakeGate(*access, environment));
  FindMissing(plan);
}

// What is to be shown here is what Portico would show elsewhere.
AccessControl::Gate AccessControl::MakeGate(const plan::Access& access,
                                            const upstream::Environment& environment) {
  Gate gate;
  for (const Authentication& authentication : access.accepted) {
    plan::Upstream shown;
    shown.authentication = authentication;
    const upstream::Credential credential = upstream::ResolveCredential(shown, environment);
    if (!credential.usable()) {
      Add(credential.missing, &gate.missing);
      continue;
    }
    Key key;
    key.in_query = authentication.in_query;
    if (key.in_query) {
      key.name = authentication.key_name;
      plan::AppendDecoded(credential.query.substr(credential.query.find('=') + 1), &key.secret);
    } else {
      key.name = credential.headers.front().name;
      key.secret = credential.headers.front().value;
      if (authentication.scheme != AuthenticationScheme::kApiKey) {
        const std::size_t space = key.secret.find(' ');
        key.scheme = key.secret.substr(0, space);
        key.secret.erase(0, space + 1);
      }
    }
    gate.keys.push_back(std::move(key));
  }
  if (!gate.keys.empty()) gate.missing.clear();
  return gate;
}

void AccessControl::FindMissing(const plan::Plan& plan) {
  missing_of_.resize(plan.upstreams().size());
  const auto keep_out = [&](const plan::Operation& operation, const plan::Access& access) {
    if (operation.composition == nullptr) {
      return Add(Missing(access), &missing_of_[operation.upstream]);
    }
    for (const plan::Step& step : operation.composition->steps) {
      if (step.operation != nullptr) Add(Missing(access), &missing_of_[step.operation->upstream]);
    }
  };
  const auto look = [&](const auto& faces) {
    for (const auto& face : faces) {
      if (face.access != nullptr) keep_out(*face.operation, *face.access);
    }
  };
  look(plan.routes());
  look(plan.tools());
  look(plan.methods());
  for (const plan::Resource& resource : plan.resources()) {
    if (resource.access == nullptr || !resource.call.has_value()) continue;
    keep_out(*resource.call->operation, *resource.access);
  }
}

bool AccessControl::Shows(const Caller& caller, const Key& key, bool* tried) {
  const auto shown = key.in_query ? caller.Query(key.name) : caller.Field(key.name);
  if (!shown.has_value()) return false;
  absl::string_view secret = *shown;
  if (!key.scheme.empty()) {
    const absl::string_view scheme = secret.substr(0, secret.find(' '));
    if (!absl::EqualsIgnoreCase(scheme, key.scheme)) return false;  // RFC 9110, 11.1
    secret.remove_prefix(std::min(secret.size(), scheme.size() + 1));
  }
  *tried = true;
  return IsSecret(secret, key.secret);
}

std::optional<invoke::CallError> AccessControl::Refusal(const plan::Access& access,
                                                        const Caller& caller) const {
  const Gate& gate = gates_[access.index];
  invoke::CallError error;
  error.do_not_retry = true;
  if (gate.keys.empty()) {
    error.code = absl::StatusCode::kFailedPrecondition;
    error.reason = "ACCESS_NOT_CONFIGURED";
    error.metadata["variables"] = absl::StrJoin(gate.missing, ", ");
    error.message = absl::StrCat("nobody may call this: what callers have to show is not set (",
                                 error.metadata["variables"], ")");
    return error;
  }
  bool tried = false;
  for (const Key& key : gate.keys) {
    if (Shows(caller, key, &tried)) return std::nullopt;
  }
  error.code = absl::StatusCode::kUnauthenticated;
  error.reason = "UNAUTHENTICATED";
  std::vector<std::string> ways;
  for (const Authentication& one : access.accepted) ways.push_back(WayIn(one));
  error.message = absl::StrCat(
      tried ? "the credential is not the right one; callers show " : "callers have to show ",
      absl::StrJoin(ways, ", or "));
  return error;
}

std::string AccessControl::Challenge(const plan::Access& access) const {
  std::vector<std::string> challenges;
  for (const Authentication& one : access.accepted) {
    challenges.push_back(ChallengeOf(one, access.space.empty() ? "portico" : access.space));
  }
  return absl::StrJoin(challenges, ", ");
}

}  // namespace portico::access
