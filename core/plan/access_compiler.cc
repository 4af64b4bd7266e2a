#include "core/plan/access_compiler.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/plan/authentication_compiler.h"
#include "core/plan/token.h"

namespace portico::plan {
namespace {

using capability::FindingLog;

// Fields with a meaning of their own, most of which travel on to the upstream.
constexpr absl::string_view kNoCredential[] = {
    "accept",          "accept-encoding", "accept-language",
    "baggage",         "connection",      "content-length",
    "content-type",    "grpc-timeout",    "host",
    "idempotency-key", "if-match",        "if-modified-since",
    "if-none-match",   "if-range",        "if-unmodified-since",
    "last-event-id",   "origin",          "range",
    "traceparent",     "tracestate",      "x-request-id",
};

void CheckKeyName(const capability::Authentication& written, const Authentication& compiled,
                  FindingLog* log) {
  if (compiled.scheme != AuthenticationScheme::kApiKey || compiled.in_query) return;
  const std::string& name = compiled.key_name;
  const bool taken =
      std::any_of(std::begin(kNoCredential), std::end(kNoCredential),
                  [&](absl::string_view one) { return absl::EqualsIgnoreCase(one, name); });
  if (!name.empty() && (taken || !IsToken(name))) {
    log->Error(capability::Rule::kBadAuthentication, written.key.line,
               absl::StrCat(written.position.key, ".key"),
               taken ? "is a header with another meaning; name one of your own, such as X-API-Key"
                     : "is no name of a header");
  }
}

// Whether `parameter` is where a caller shows `authentication`.
bool IsShownIn(const Parameter& parameter, const std::string& caller_name,
               const Authentication& authentication) {
  if (authentication.scheme == AuthenticationScheme::kApiKey && authentication.in_query) {
    return parameter.location != ParameterLocation::kHeader &&
           caller_name == authentication.key_name;
  }
  if (parameter.location != ParameterLocation::kHeader) return false;
  const bool key = authentication.scheme == AuthenticationScheme::kApiKey;
  return absl::EqualsIgnoreCase(caller_name, key ? authentication.key_name : "authorization");
}

}  // namespace

void AccessCompiler::Close(const capability::Expose& expose,
                           const std::vector<capability::Bind>& binds, std::size_t file,
                           FindingLog* log) {
  const Access* const access = Compile(expose, binds, log);
  if (expose.type.text == "grpc" && expose.authentication.has_value()) grpc_[file] = access;
  if (access != nullptr) closed_[file].push_back(access);
  for (; routes_ < draft_->routes.size(); ++routes_) draft_->routes[routes_].access = access;
  for (; tools_ < draft_->tools.size(); ++tools_) draft_->tools[tools_].access = access;
  for (; resources_ < draft_->resources.size(); ++resources_) {
    draft_->resources[resources_].access = access;
  }
  for (; prompts_ < draft_->prompts.size(); ++prompts_) draft_->prompts[prompts_].access = access;
}

const Access* AccessCompiler::Compile(const capability::Expose& expose,
                                      const std::vector<capability::Bind>& binds, FindingLog* log) {
  if (!expose.authentication.has_value()) return nullptr;
  const capability::Authentication& written = *expose.authentication;
  const std::string type = absl::AsciiStrToLower(written.type.text);
  if (type == "digest" || type == "oauth2") {
    log->Error(capability::Rule::kBadAuthentication, written.type.line,
               absl::StrCat(written.position.key, ".type"),
               absl::StrCat("Portico does not check callers by ", type,
                            "; use bearer, basic or apikey, or let a proxy in front check them "
                            "and leave \"authentication\" out"));
    return nullptr;
  }
  Authentication compiled = AuthenticationCompiler(written, log).Compile();
  if (compiled.scheme == AuthenticationScheme::kNone) return nullptr;
  if (compiled.scheme == AuthenticationScheme::kBasic && compiled.secret.empty()) {
    log->Error(capability::Rule::kBadAuthentication, written.position.line,
               absl::StrCat(written.position.key, ".password"),
               "is missing; callers need more than a name");
  }
  CheckKeyName(written, compiled, log);
  compiled.variables = VariablesOf(binds);
  Access access;
  access.space = expose.space.text;
  access.accepted.push_back(std::move(compiled));
  access.place = {log->file(), written.position.line};
  return Add(std::move(access));
}

// A credential for this door is none of the upstream's.
void AccessCompiler::TakeCredentialsFrom(Route& route, capability::Findings* findings) const {
  const auto shown = [&](const Binding& binding) {
    if (binding.caller_name.empty() || binding.parameter == "body") return false;
    const std::vector<std::string>& captures = route.path.placeholders();
    if (std::find(captures.begin(), captures.end(), binding.caller_name) != captures.end()) {
      return false;
    }
    const Authentication& authentication = route.access->accepted.front();
    return std::any_of(route.operation->parameters.begin(), route.operation->parameters.end(),
                       [&](const Parameter& parameter) {
                         return parameter.name == binding.parameter &&
                                IsShownIn(parameter, binding.caller_name, authentication);
                       });
  };
  for (const Binding& binding : route.bindings) {
    if (!shown(binding)) continue;
    findings->push_back({capability::Severity::kWarning, route.place, "",
                         absl::StrCat("\"", binding.caller_name,
                                      "\" is what callers show for themselves; it is no input of ",
                                      route.http_method, " ", route.path.text(),
                                      " and does not go to the upstream"),
                         capability::Rule::kHeaderNotTaken});
  }
  route.bindings.erase(std::remove_if(route.bindings.begin(), route.bindings.end(), shown),
                       route.bindings.end());
}

void AccessCompiler::Finish(capability::Findings* findings) {
  if (draft_->accesses.empty()) return;
  CloseMethods();
  for (Route& route : draft_->routes) {
    if (route.access != nullptr) TakeCredentialsFrom(route, findings);
  }
}

void AccessCompiler::CloseMethods() {
  std::map<const Operation*, std::size_t> files;
  for (const auto& drafted : draft_->operations) files[drafted->operation.get()] = drafted->file;
  std::map<const Operation*, Faces> faces;
  const auto look = [&](const auto& all) {
    for (const auto& face : all) {
      Faces& of = faces[face.operation];
      of.any = true;
      if (face.access != nullptr) of.closed.push_back(face.access);
    }
  };
  look(draft_->routes);
  look(draft_->tools);
  for (Method& method : draft_->methods) {
    const std::size_t file = files[method.operation];
    const auto said = grpc_.find(file);
    const Faces& of = faces[method.operation];
    method.access = said != grpc_.end() ? said->second : AnyOf(of.any ? of.closed : closed_[file]);
  }
}

const Access* AccessCompiler::AnyOf(const std::vector<const Access*>& accesses) {
  std::vector<const Access*> different;
  for (const Access* const access : accesses) {
    if (std::find(different.begin(), different.end(), access) == different.end()) {
      different.push_back(access);
    }
  }
  if (different.empty()) return nullptr;
  if (different.size() == 1) return different.front();
  const Access*& joined = joined_[different];
  if (joined != nullptr) return joined;
  Access any = *different.front();
  for (std::size_t i = 1; i < different.size(); ++i) {
    for (const Authentication& one : different[i]->accepted) any.accepted.push_back(one);
  }
  joined = Add(std::move(any));
  return joined;
}

const Access* AccessCompiler::Add(Access access) {
  access.index = draft_->accesses.size();
  draft_->accesses.push_back(std::make_unique<const Access>(std::move(access)));
  return draft_->accesses.back().get();
}

}  // namespace portico::plan
