#include "core/upstream/credential_resolver.h"

#include <algorithm>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "core/plan/percent_encoding.h"
#include "core/plan/token.h"
#include "core/plan/variable_text.h"
#include "core/upstream/secret_file.h"
#include "core/upstream/tls_loader.h"

namespace portico::upstream {
namespace {

using plan::Authentication;
using plan::AuthenticationScheme;

bool HasControlCharacter(absl::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return absl::ascii_iscntrl(c); });
}

std::string PercentEncode(absl::string_view text) {
  std::string encoded;
  plan::AppendEncoded(text, &encoded);
  return encoded;
}

// Resolves the texts of one `authentication` block and collects what is missing.
class Resolver {
 public:
  Resolver(const Authentication& authentication, const Environment& environment,
           std::vector<std::string>* missing)
      : authentication_(authentication), environment_(environment), missing_(*missing) {}

  // `text` with its placeholders filled.
  std::string Fill(absl::string_view text) {
    return plan::FillVariables(text, [this](absl::string_view name) { return Variable(name); });
  }

  // The same; `what` names it when it comes out empty.
  std::string Resolve(absl::string_view text, absl::string_view what) {
    const std::size_t before = missing_.size();
    std::string resolved = Fill(text);
    if (missing_.size() == before) {
      if (resolved.empty()) Miss(absl::StrCat("authentication.", what, " (is empty)"));
      if (HasControlCharacter(resolved)) {
        Miss(
            absl::StrCat("authentication.", what, " (contains a line break or control character)"));
      }
    }
    return resolved;
  }

  // The secret, as written or from its file. `key` is that of the overlay or file.
  std::string Secret(absl::string_view key) {
    const std::string& file = authentication_.secret_file;
    if (file.empty()) return Resolve(authentication_.secret, key);
    absl::StatusOr<std::string> secret = ReadSecretFile(file);
    if (!secret.ok()) {
      Miss(absl::StrCat("authentication.", key, "File ", file, " (", secret.status().message(),
                        ")"));
      return "";
    }
    if (HasControlCharacter(*secret)) {
      Miss(absl::StrCat("authentication.", key, "File ", file,
                        " (contains a line break or control character)"));
    }
    return *std::move(secret);
  }

  void Miss(std::string what) {
    if (std::find(missing_.begin(), missing_.end(), what) == missing_.end()) {
      missing_.push_back(std::move(what));
    }
  }

 private:
  std::string Variable(absl::string_view placeholder) {
    const std::string name = plan::EnvironmentVariableOf(placeholder, authentication_.variables);
    const std::optional<std::string> value = environment_(name);
    if (!value || value->empty()) {
      Miss(name);
      return "";
    }
    if (HasControlCharacter(*value)) {
      Miss(absl::StrCat(name, value->find_first_of("\r\n") == std::string::npos
                                  ? " (contains a control character)"
                                  : " (contains a line break)"));
      return "";
    }
    return *value;
  }

  const Authentication& authentication_;
  const Environment& environment_;
  std::vector<std::string>& missing_;
};

std::string BasicOf(const std::string& username, const std::string& password) {
  return absl::StrCat("Basic ", absl::Base64Escape(absl::StrCat(username, ":", password)));
}

void AddBasic(const Authentication& authentication, Resolver& resolver, Credential* credential) {
  // One of the two may be empty: some APIs take a key as the name and no password.
  const bool has_password = !authentication.secret.empty() || !authentication.secret_file.empty();
  std::string username, password;
  if (!authentication.username.empty() || !has_password) {
    username = resolver.Resolve(authentication.username, "username");
  }
  if (has_password) password = resolver.Secret("password");
  if (username.find(':') != std::string::npos) {
    resolver.Miss("authentication.username (contains a colon, RFC 7617)");
  }
  credential->headers.push_back({"Authorization", BasicOf(username, password)});
}

void AddApiKey(const Authentication& authentication, Resolver& resolver, Credential* credential) {
  const std::string key = resolver.Secret("value");
  if (authentication.key_name.empty()) resolver.Miss("authentication.key (is empty)");
  if (!authentication.in_query && !plan::IsToken(authentication.key_name)) {
    resolver.Miss("authentication.key (is no header name)");
  }
  if (authentication.in_query) {
    absl::StrAppend(&credential->query, credential->query.empty() ? "" : "&",
                    PercentEncode(authentication.key_name), "=", PercentEncode(key));
  } else {
    credential->headers.push_back({authentication.key_name, key});
  }
}

// Id and secret are form-encoded before they are joined (RFC 6749, 2.3.1).
void AddTokenRequest(const Authentication& authentication, Resolver& resolver,
                     Credential* credential) {
  const std::string id = PercentEncode(resolver.Resolve(authentication.username, "clientId"));
  const std::string secret = PercentEncode(resolver.Secret("clientSecret"));
  TokenRequest request;
  request.url = authentication.token_url;
  request.form = "grant_type=client_credentials";
  if (!authentication.scope.empty()) {
    absl::StrAppend(&request.form, "&scope=", PercentEncode(authentication.scope));
  }
  if (!authentication.audience.empty()) {
    absl::StrAppend(&request.form, "&audience=", PercentEncode(authentication.audience));
  }
  if (authentication.secret_in_body) {
    absl::StrAppend(&request.form, "&client_id=", id, "&client_secret=", secret);
  } else {
    request.secrets.push_back({"Authorization", BasicOf(id, secret)});
  }
  credential->token_request = std::move(request);
}

void Add(const Authentication& authentication, const Environment& environment,
         Credential* credential) {
  Resolver resolver(authentication, environment, &credential->missing);
  switch (authentication.scheme) {
    case AuthenticationScheme::kNone:
      break;
    case AuthenticationScheme::kBearer:
      credential->headers.push_back(
          {"Authorization", absl::StrCat("Bearer ", resolver.Secret("token"))});
      break;
    case AuthenticationScheme::kBasic:
      AddBasic(authentication, resolver, credential);
      break;
    case AuthenticationScheme::kApiKey:
      AddApiKey(authentication, resolver, credential);
      break;
    case AuthenticationScheme::kClientCredentials:
      AddTokenRequest(authentication, resolver, credential);
      break;
  }
}

void ResolveVariables(const plan::Upstream& upstream, const Environment& environment,
                      std::map<std::string, Variable, std::less<>>* variables) {
  for (const std::string& name : upstream.variables) {
    std::vector<std::string> missing;
    Resolver resolver(upstream.authentication, environment, &missing);
    Variable variable;
    variable.value = resolver.Resolve(absl::StrCat("{{", name, "}}"), name);
    if (!missing.empty()) variable.missing = missing.front();
    variables->emplace(name, std::move(variable));
  }
}

}  // namespace

Credential ResolveCredential(const plan::Upstream& upstream, const Environment& environment) {
  Credential credential;
  Add(upstream.authentication, environment, &credential);
  for (const Authentication& further : upstream.further_authentication) {
    Add(further, environment, &credential);
  }
  Resolver resolver(upstream.authentication, environment, &credential.missing);
  for (const Header& header : upstream.headers) {
    credential.fixed_headers.push_back({header.name, resolver.Fill(header.value)});
  }
  ResolveVariables(upstream, environment, &credential.variables);
  credential.tls = LoadTls(upstream.tls, &credential.missing);
  if (credential.usable()) return credential;
  Credential unusable;
  unusable.variables = std::move(credential.variables);
  unusable.missing = std::move(credential.missing);
  return unusable;
}

std::vector<std::string> SecretFilesOf(const plan::Upstream& upstream) {
  std::vector<std::string> files;
  const auto add = [&](const Authentication& authentication) {
    if (!authentication.secret_file.empty()) files.push_back(authentication.secret_file);
  };
  add(upstream.authentication);
  for (const Authentication& further : upstream.further_authentication) add(further);
  return files;
}

}  // namespace portico::upstream
