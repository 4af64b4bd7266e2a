#include "core/upstream/credentials.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "core/plan/token.h"

namespace portico::upstream {
namespace {

using plan::Authentication;
using plan::AuthenticationScheme;

bool HasControlCharacter(absl::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return absl::ascii_iscntrl(c); });
}

// RFC 3986, "unreserved" characters stay.
std::string PercentEncode(absl::string_view text) {
  constexpr char kHex[] = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    if (absl::ascii_isalnum(c) || c == '-' || c == '.' || c == '_' || c == '~') {
      encoded.push_back(c);
    } else {
      const auto byte = static_cast<unsigned char>(c);
      encoded.append({'%', kHex[byte >> 4], kHex[byte & 15]});
    }
  }
  return encoded;
}

// Resolves the texts of one `authentication` block and collects what is missing.
class Resolver {
 public:
  Resolver(const Authentication& authentication, const Environment& environment,
           std::vector<std::string>* missing)
      : authentication_(authentication), environment_(environment), missing_(*missing) {}

  // `text` with its placeholders filled. `what` names it when it comes out empty.
  std::string Resolve(absl::string_view text, absl::string_view what) {
    const std::size_t before = missing_.size();
    std::string resolved;
    while (true) {
      const std::size_t open = text.find("{{");
      const std::size_t close = text.find("}}", open);
      if (close == absl::string_view::npos) break;
      absl::StrAppend(
          &resolved, text.substr(0, open),
          Variable(absl::StripAsciiWhitespace(text.substr(open + 2, close - open - 2))));
      text.remove_prefix(close + 2);
    }
    absl::StrAppend(&resolved, text);
    if (missing_.size() == before) {
      if (resolved.empty()) Miss(absl::StrCat("authentication.", what, " (is empty)"));
      if (HasControlCharacter(resolved)) {
        Miss(
            absl::StrCat("authentication.", what, " (contains a line break or control character)"));
      }
    }
    return resolved;
  }

  void Miss(std::string what) {
    if (std::find(missing_.begin(), missing_.end(), what) == missing_.end()) {
      missing_.push_back(std::move(what));
    }
  }

 private:
  // The environment variable behind a placeholder.
  std::string VariableName(absl::string_view placeholder) const {
    const absl::string_view name = placeholder.substr(placeholder.rfind('.') + 1);
    for (const absl::string_view wanted : {placeholder, name}) {
      for (const auto& [used, variable] : authentication_.variables) {
        if (wanted == used) return variable;
      }
    }
    return std::string(name);
  }

  std::string Variable(absl::string_view placeholder) {
    const std::string name = VariableName(placeholder);
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

void AddBasic(const Authentication& authentication, Resolver& resolver, Credential* credential) {
  // One of the two may be empty: some APIs take a key as the name and no password.
  std::string username, password;
  if (!authentication.username.empty() || authentication.secret.empty()) {
    username = resolver.Resolve(authentication.username, "username");
  }
  if (!authentication.secret.empty()) {
    password = resolver.Resolve(authentication.secret, "password");
  }
  if (username.find(':') != std::string::npos) {
    resolver.Miss("authentication.username (contains a colon, RFC 7617)");
  }
  credential->headers.push_back(
      {"Authorization",
       absl::StrCat("Basic ", absl::Base64Escape(absl::StrCat(username, ":", password)))});
}

void AddApiKey(const Authentication& authentication, Resolver& resolver, Credential* credential) {
  const std::string key = resolver.Resolve(authentication.secret, "value");
  if (authentication.key_name.empty()) resolver.Miss("authentication.key (is empty)");
  if (!authentication.in_query && !plan::IsToken(authentication.key_name)) {
    resolver.Miss("authentication.key (is no header name)");
  }
  if (authentication.in_query) {
    credential->query =
        absl::StrCat(PercentEncode(authentication.key_name), "=", PercentEncode(key));
  } else {
    credential->headers.push_back({authentication.key_name, key});
  }
}

Credential ResolveOne(const Authentication& authentication, const Environment& environment) {
  Credential credential;
  Resolver resolver(authentication, environment, &credential.missing);
  switch (authentication.scheme) {
    case AuthenticationScheme::kNone:
      break;
    case AuthenticationScheme::kBearer:
      credential.headers.push_back(
          {"Authorization",
           absl::StrCat("Bearer ", resolver.Resolve(authentication.secret, "token"))});
      break;
    case AuthenticationScheme::kBasic:
      AddBasic(authentication, resolver, &credential);
      break;
    case AuthenticationScheme::kApiKey:
      AddApiKey(authentication, resolver, &credential);
      break;
  }
  if (!credential.usable()) {
    credential.headers.clear();
    credential.query.clear();
  }
  return credential;
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

Credentials::Credentials(const std::vector<plan::Upstream>& upstreams,
                         const Environment& environment) {
  by_upstream_.reserve(upstreams.size());
  for (const plan::Upstream& upstream : upstreams) {
    by_upstream_.push_back(ResolveOne(upstream.authentication, environment));
    ResolveVariables(upstream, environment, &by_upstream_.back().variables);
  }
}

}  // namespace portico::upstream
