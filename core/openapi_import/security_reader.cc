#include "core/openapi_import/security_reader.h"

#include <optional>
#include <set>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/plan/header_rules.h"
#include "core/plan/upstream_compiler.h"

namespace portico::openapi_import {
namespace {

using Kind = ApiCredential::Kind;

// Where in a request it travels; the same for two that exclude each other.
std::string PlaceOf(const ApiCredential& credential) {
  switch (credential.kind) {
    case Kind::kQueryKey:
      return absl::StrCat("?", credential.key);
    case Kind::kCookie:
      return absl::StrCat("cookie:", credential.key);
    case Kind::kHeaderKey:
      return absl::AsciiStrToLower(credential.key);
    default:
      return "authorization";
  }
}

class SecurityReader {
 public:
  SecurityReader(const YamlNode& root, ReferenceResolver* resolver, capability::FindingLog* log)
      : root_(root), resolver_(resolver), log_(log) {
    if (const YamlNode* components = root.Find("components")) {
      schemes_ = components->Find("securitySchemes");
    }
  }

  std::vector<ApiCredential> Read() {
    const YamlNode* alternatives = Alternatives();
    if (alternatives == nullptr) return {};
    for (const auto& alternative : alternatives->items) {
      if (auto credentials = Combine(*alternative)) return *std::move(credentials);
    }
    log_->Warn(capability::Rule::kNotImported, alternatives->line, "security",
               "no scheme of it is served; say in an overlay how the API is called");
    return {};
  }

 private:
  // A list of alternatives that is not empty and does not only say that nobody need
  // prove anything.
  static const YamlNode* Needed(const YamlNode& owner) {
    const YamlNode* list = owner.Find("security");
    if (list == nullptr) return nullptr;
    for (const auto& alternative : list->items) {
      if (!alternative->keys.empty()) return list;
    }
    return nullptr;
  }

  const YamlNode* Alternatives() {
    if (const YamlNode* list = Needed(root_)) return list;
    const YamlNode* paths = root_.Find("paths");
    if (paths == nullptr) return nullptr;
    for (const auto& item : paths->items) {
      for (const auto& operation : item->items) {
        if (const YamlNode* list = Needed(*operation)) return list;
      }
    }
    return nullptr;
  }

  // All schemes of one alternative; nullopt when one cannot be served, or none is named.
  std::optional<std::vector<ApiCredential>> Combine(const YamlNode& alternative) {
    std::vector<ApiCredential> credentials;
    for (std::size_t i = 0; i < alternative.keys.size(); ++i) {
      const std::string& name = alternative.keys[i].text;
      const YamlNode* scheme = schemes_ == nullptr ? nullptr : resolver_->Member(*schemes_, name);
      if (scheme == nullptr) {
        log_->Warn(capability::Rule::kNotImported, alternative.line, "security",
                   absl::StrCat("\"", name, "\" is not in components.securitySchemes"));
        return std::nullopt;
      }
      std::optional<ApiCredential> credential = ReadScheme(name, *scheme, *alternative.items[i]);
      if (!credential.has_value()) return std::nullopt;
      credentials.push_back(*std::move(credential));
    }
    if (credentials.empty()) return std::nullopt;
    std::set<std::string> places;
    for (const ApiCredential& credential : credentials) {
      if (places.insert(PlaceOf(credential)).second) continue;
      log_->Warn(capability::Rule::kNotImported, alternative.line, "security",
                 "asks for two proofs in one place of the request, which cannot be sent");
      return std::nullopt;
    }
    return credentials;
  }

  std::optional<ApiCredential> ReadScheme(const std::string& name, const YamlNode& scheme,
                                          const YamlNode& scopes) {
    const std::string type = resolver_->TextOf(scheme, "type");
    ApiCredential credential;
    if (type == "http") {
      const std::string kind = absl::AsciiStrToLower(resolver_->TextOf(scheme, "scheme"));
      if (kind == "bearer") return credential;
      credential.kind = Kind::kBasic;
      if (kind == "basic") return credential;
    } else if (type == "apiKey") {
      const std::string place = resolver_->TextOf(scheme, "in");
      credential.kind = place == "query"    ? Kind::kQueryKey
                        : place == "cookie" ? Kind::kCookie
                                            : Kind::kHeaderKey;
      credential.key = resolver_->TextOf(scheme, "name");
      const bool header = credential.kind != Kind::kQueryKey;
      if (header &&
          (!plan::IsHeaderName(credential.key) || !plan::ReasonNotToTake(credential.key).empty())) {
        log_->Warn(capability::Rule::kNotImported, scheme.line,
                   absl::StrCat("components.securitySchemes.", name),
                   absl::StrCat("\"", credential.key, "\" cannot be the name of a ",
                                credential.kind == Kind::kCookie ? "cookie" : "header"));
        return std::nullopt;
      }
      if (!credential.key.empty()) return credential;
    } else if (type == "oauth2") {
      return ReadOauth(scheme, scopes);
    } else if (type == "openIdConnect") {
      return credential;
    }
    log_->Warn(capability::Rule::kNotImported, scheme.line,
               absl::StrCat("components.securitySchemes.", name),
               absl::StrCat("of type ", type, " is not served"));
    return std::nullopt;
  }

  // Without client credentials a person has to get the token, and gives it as it is.
  ApiCredential ReadOauth(const YamlNode& scheme, const YamlNode& scopes) {
    ApiCredential credential;
    const YamlNode* flows = scheme.Find("flows");
    const YamlNode* flow = flows == nullptr ? nullptr : flows->Find("clientCredentials");
    if (flow == nullptr) return credential;
    credential.token_url = resolver_->TextOf(*flow, "tokenUrl");
    if (!absl::StartsWith(credential.token_url, "https://") ||
        !plan::BaseUriProblem(credential.token_url).empty()) {
      log_->Warn(capability::Rule::kNotImported, flow->line, "tokenUrl",
                 "is no https:// URL without a query: the file takes a token from the environment "
                 "instead");
      return credential;
    }
    credential.kind = Kind::kClientCredentials;
    for (const auto& scope : scopes.items) credential.scopes.push_back(scope->text);
    return credential;
  }

  const YamlNode& root_;
  ReferenceResolver* resolver_;
  capability::FindingLog* log_;
  const YamlNode* schemes_ = nullptr;
};

}  // namespace

std::vector<ApiCredential> ReadSecurity(const YamlNode& root, ReferenceResolver* resolver,
                                        capability::FindingLog* log) {
  return SecurityReader(root, resolver, log).Read();
}

}  // namespace portico::openapi_import
