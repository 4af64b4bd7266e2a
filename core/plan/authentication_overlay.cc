#include "core/plan/authentication_overlay.h"

#include <map>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/plan/header_rules.h"
#include "core/plan/upstream_compiler.h"

namespace portico::plan {
namespace {

using overlay::OverlayLog;

class ProofCompiler {
 public:
  ProofCompiler(std::string key, OverlayLog* log) : key_(std::move(key)), log_(log) {}

  Authentication Compile(const v1::AuthenticationOverlay& written) {
    switch (written.kind_case()) {
      case v1::AuthenticationOverlay::kBearer:
        return Bearer(written.bearer());
      case v1::AuthenticationOverlay::kBasic:
        return Basic(written.basic());
      case v1::AuthenticationOverlay::kApiKey:
        return ApiKey(written.api_key());
      case v1::AuthenticationOverlay::kClientCredentials:
        return ClientCredentials(written.client_credentials());
      case v1::AuthenticationOverlay::kNone:
        return {};
      case v1::AuthenticationOverlay::KIND_NOT_SET:
        log_->Error(key_, "names no kind: bearer, basic, apiKey, clientCredentials or none");
        return {};
    }
    return {};
  }

 private:
  Authentication Bearer(const v1::BearerOverlay& written) {
    Authentication proof;
    proof.scheme = AuthenticationScheme::kBearer;
    proof.secret = written.token();
    proof.secret_file = written.token_file();
    OneOf("bearer", "token", proof.secret, "tokenFile", proof.secret_file);
    return proof;
  }

  Authentication Basic(const v1::BasicOverlay& written) {
    Authentication proof;
    proof.scheme = AuthenticationScheme::kBasic;
    proof.username = written.username();
    proof.secret = written.password();
    proof.secret_file = written.password_file();
    if (!proof.secret.empty() || !proof.secret_file.empty() || proof.username.empty()) {
      OneOf("basic", "password", proof.secret, "passwordFile", proof.secret_file);
    }
    return proof;
  }

  Authentication ApiKey(const v1::ApiKeyOverlay& written) {
    Authentication proof;
    proof.scheme = AuthenticationScheme::kApiKey;
    proof.in_query = !written.query().empty();
    proof.key_name = proof.in_query ? written.query() : written.header();
    proof.secret = written.value();
    proof.secret_file = written.value_file();
    OneOf("apiKey", "header", written.header(), "query", written.query());
    OneOf("apiKey", "value", proof.secret, "valueFile", proof.secret_file);
    if (!written.header().empty()) CheckHeader(written.header());
    return proof;
  }

  Authentication ClientCredentials(const v1::ClientCredentialsOverlay& written) {
    Authentication proof;
    proof.scheme = AuthenticationScheme::kClientCredentials;
    proof.token_url = written.token_url();
    proof.username = written.client_id();
    proof.secret = written.client_secret();
    proof.secret_file = written.client_secret_file();
    proof.scope = absl::StrJoin(written.scopes(), " ");
    proof.audience = written.audience();
    proof.secret_in_body = written.client_authentication() == v1::CLIENT_AUTHENTICATION_BODY;
    OneOf("clientCredentials", "clientSecret", proof.secret, "clientSecretFile", proof.secret_file);
    if (proof.token_url.empty()) return proof;  // said already
    std::string problem = BaseUriProblem(proof.token_url);
    if (problem.empty() && SendsInClear(proof.token_url)) {
      problem = "must be https://: the client's secret would go in clear text";
    }
    if (!problem.empty()) log_->Error(absl::StrCat(key_, ".clientCredentials.tokenUrl"), problem);
    return proof;
  }

  void CheckHeader(const std::string& name) {
    const std::string key = absl::StrCat(key_, ".apiKey.header");
    if (!IsHeaderName(name)) return log_->Error(key, "cannot be a header's name");
    if (const std::string reason = ReasonNotToTake(name); !reason.empty()) {
      log_->Error(key, absl::StrCat("\"", name, "\" is Portico's own: ", reason));
    }
  }

  // Of two keys exactly one has a value.
  void OneOf(absl::string_view kind, absl::string_view one, const std::string& first,
             absl::string_view other, const std::string& second) {
    if (first.empty() != second.empty()) return;
    log_->Error(absl::StrCat(key_, ".", kind),
                absl::StrCat("needs ", first.empty() ? "" : "only one of ", one,
                             first.empty() ? " or " : " and ", other));
  }

  const std::string key_;
  OverlayLog* log_;
};

// What a proof is sent as: "Authorization", "X-Key", "?key"; empty for none.
std::string PlaceOf(const Authentication& proof) {
  switch (proof.scheme) {
    case AuthenticationScheme::kNone:
      return "";
    case AuthenticationScheme::kApiKey:
      return absl::StrCat(proof.in_query ? "?" : "",
                          proof.in_query ? proof.key_name : absl::AsciiStrToLower(proof.key_name));
    default:
      return "authorization";
  }
}

}  // namespace

void OverlayAuthentication(const v1::UpstreamOverlay& written, const std::string& key,
                           OverlayLog* log, Upstream* upstream) {
  std::vector<Authentication> proofs;
  std::map<std::string, std::size_t> places;
  for (int i = 0; i < written.authentication_size(); ++i) {
    const std::string item = absl::StrCat(key, "[", i, "]");
    Authentication proof = ProofCompiler(item, log).Compile(written.authentication(i));
    if (written.authentication(i).has_none() && written.authentication_size() > 1) {
      log->Error(item, "\"none\" stands alone, or not at all");
    }
    const std::string place = PlaceOf(proof);
    const auto [first, fresh] = places.emplace(place, proofs.size());
    if (!fresh && !place.empty() && place != "?") {
      log->Error(item, absl::StrCat("is sent as ", place, ", and so is item [", first->second,
                                    "] of the list"));
    }
    proof.variables = upstream->authentication.variables;
    proofs.push_back(std::move(proof));
  }
  upstream->authentication = std::move(proofs.front());
  upstream->further_authentication.assign(std::make_move_iterator(proofs.begin() + 1),
                                          std::make_move_iterator(proofs.end()));
}

}  // namespace portico::plan
