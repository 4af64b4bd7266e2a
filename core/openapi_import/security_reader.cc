#include "core/openapi_import/security_reader.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
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

  std::vector<ApiCredential> Read(const std::vector<SecuredOperation>& operations) {
    const std::vector<const YamlNode*> lists = Needed(operations);
    for (const YamlNode* list : lists) {
      for (const auto& alternative : list->items) {
        if (!Combine(*alternative)) continue;
        Hold(operations);
        return std::move(credentials_);
      }
    }
    if (!lists.empty()) {
      log_->Warn(capability::Rule::kNotImported, lists[0]->line, "security",
                 "no scheme of it is served; say in an overlay how the API is called");
    }
    return {};
  }

 private:
  // The alternatives of an operation; null: it needs none.
  const YamlNode* ListOf(const SecuredOperation& operation) const {
    const YamlNode* own = operation.written->Find("security");
    return own == nullptr ? root_.Find("security") : own;
  }

  // Those of all operations that do not only say that nobody need prove anything, the
  // document's first.
  std::vector<const YamlNode*> Needed(const std::vector<SecuredOperation>& operations) const {
    std::vector<const YamlNode*> lists;
    for (const SecuredOperation& operation : operations) {
      const YamlNode* list = ListOf(operation);
      if (list == nullptr || std::find(lists.begin(), lists.end(), list) != lists.end()) continue;
      const bool needed =
          std::any_of(list->items.begin(), list->items.end(),
                      [](const auto& alternative) { return !alternative->keys.empty(); });
      if (!needed) continue;
      lists.insert(list == root_.Find("security") ? lists.begin() : lists.end(), list);
    }
    return lists;
  }

  // Takes all schemes of one alternative; false when one cannot be served, or none is named.
  bool Combine(const YamlNode& alternative) {
    names_.clear();
    credentials_.clear();
    for (std::size_t i = 0; i < alternative.keys.size(); ++i) {
      const std::string& name = alternative.keys[i].text;
      const YamlNode* scheme = schemes_ == nullptr ? nullptr : resolver_->Member(*schemes_, name);
      if (scheme == nullptr) {
        log_->Warn(capability::Rule::kNotImported, alternative.line, "security",
                   absl::StrCat("\"", name, "\" is not in components.securitySchemes"));
        return false;
      }
      std::optional<ApiCredential> credential = ReadScheme(name, *scheme, *alternative.items[i]);
      if (!credential.has_value()) return false;
      names_.push_back(name);
      credentials_.push_back(*std::move(credential));
    }
    if (credentials_.empty()) return false;
    std::set<std::string> places;
    for (const ApiCredential& credential : credentials_) {
      if (places.insert(PlaceOf(credential)).second) continue;
      log_->Warn(capability::Rule::kNotImported, alternative.line, "security",
                 "asks for two proofs in one place of the request, which cannot be sent");
      return false;
    }
    return true;
  }

  // The alternative of `list` that what was taken is enough for; null: there is none.
  const YamlNode* Satisfied(const YamlNode& list) const {
    for (const auto& alternative : list.items) {
      const auto& keys = alternative->keys;
      if (std::all_of(keys.begin(), keys.end(), [&](const capability::Text& key) {
            return std::find(names_.begin(), names_.end(), key.text) != names_.end();
          })) {
        return alternative.get();
      }
    }
    return nullptr;
  }

  // Holds the operations against what was taken.
  void Hold(const std::vector<SecuredOperation>& operations) {
    for (const SecuredOperation& operation : operations) {
      const YamlNode* list = ListOf(operation);
      if (list == nullptr || list->items.empty()) continue;
      if (const YamlNode* alternative = Satisfied(*list)) {
        AddScopes(*alternative);
        continue;
      }
      std::vector<std::string> needed;
      for (const auto& alternative : list->items) {
        std::vector<std::string> names;
        for (const capability::Text& key : alternative->keys) names.push_back(key.text);
        needed.push_back(absl::StrJoin(names, " with "));
      }
      log_->Warn(capability::Rule::kNotImported, list->line, operation.where,
                 absl::StrCat("needs the security scheme ", absl::StrJoin(needed, " or "),
                              ", which is left out: an API is called with one set of "
                              "credentials, here ",
                              absl::StrJoin(names_, " with "),
                              "; import such operations into a file of their own, with --path or "
                              "--tag and --namespace"));
    }
  }

  void AddScopes(const YamlNode& alternative) {
    for (std::size_t i = 0; i < alternative.keys.size(); ++i) {
      const auto name = std::find(names_.begin(), names_.end(), alternative.keys[i].text);
      ApiCredential& credential = credentials_[static_cast<std::size_t>(name - names_.begin())];
      if (credential.kind != Kind::kClientCredentials) continue;
      for (const auto& scope : alternative.items[i]->items) {
        auto& scopes = credential.scopes;
        if (std::find(scopes.begin(), scopes.end(), scope->text) == scopes.end()) {
          scopes.push_back(scope->text);
        }
      }
    }
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
  std::vector<std::string> names_;          // of the schemes that were taken,
  std::vector<ApiCredential> credentials_;  // and what they are
};

}  // namespace

std::vector<ApiCredential> ReadSecurity(const YamlNode& root,
                                        const std::vector<SecuredOperation>& operations,
                                        ReferenceResolver* resolver, capability::FindingLog* log) {
  return SecurityReader(root, resolver, log).Read(operations);
}

}  // namespace portico::openapi_import
