#include "core/plan/authentication_compiler.h"

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/capability/suggestion.h"
#include "core/plan/variable_text.h"

namespace portico::plan {

Authentication AuthenticationCompiler::Compile() {
  Authentication compiled;
  const std::string type = absl::AsciiStrToLower(written_.type.text);
  if (type == "bearer") {
    compiled.scheme = AuthenticationScheme::kBearer;
    compiled.secret = Need(written_.token, "token", "bearer");
  } else if (type == "basic") {
    compiled.scheme = AuthenticationScheme::kBasic;
    compiled.username = Need(written_.username, "username", "basic");
    compiled.secret =
        Whole(written_.password, "password");  // some APIs take a key as the name alone
  } else if (type == "apikey" || type == "api-key" || type == "api_key") {
    CompileApiKey(&compiled);
  } else if (type != "none") {
    log_->Error(capability::Rule::kBadAuthentication, written_.type.line,
                absl::StrCat(written_.position.key, ".type"),
                absl::StrCat("\"", written_.type.text,
                             "\" is not served; it is bearer, basic, apikey or none",
                             capability::DidYouMean(type, {"bearer", "basic", "apikey"})));
  }
  return compiled;
}

void AuthenticationCompiler::CompileApiKey(Authentication* compiled) {
  compiled->scheme = AuthenticationScheme::kApiKey;
  compiled->key_name = Need(written_.key, "key", "apikey");
  compiled->secret = Need(written_.value, "value", "apikey");
  const std::string& placement = written_.placement.text;
  compiled->in_query = placement == "query";
  if (!placement.empty() && placement != "query" && placement != "header") {
    log_->Error(capability::Rule::kBadAuthentication, written_.placement.line,
                absl::StrCat(written_.position.key, ".placement"), "must be header or query");
  }
}

std::string AuthenticationCompiler::Need(const capability::Text& text, absl::string_view key,
                                         absl::string_view type) {
  if (text.text.empty()) {
    log_->Error(capability::Rule::kBadAuthentication,
                text.present() ? text.line : written_.position.line,
                absl::StrCat(written_.position.key, ".", key),
                absl::StrCat("is missing; authentication of type ", type, " needs it"));
  }
  return Whole(text, key);
}

std::string AuthenticationCompiler::Whole(const capability::Text& text, absl::string_view key) {
  const std::string rest =
      FillVariables(text.text, [](absl::string_view) { return std::string(); });
  if (absl::StrContains(rest, "{{")) {
    log_->Error(capability::Rule::kBadAuthentication, text.line,
                absl::StrCat(written_.position.key, ".", key),
                "has \"{{\" without \"}}\"; a variable is written {{env.NAME}}");
  }
  return text.text;
}

std::vector<std::pair<std::string, std::string>> VariablesOf(
    const std::vector<capability::Bind>& binds) {
  std::vector<std::pair<std::string, std::string>> variables;
  for (const capability::Bind& bind : binds) {
    for (const capability::Entry& entry : bind.keys) {
      variables.emplace_back(absl::StrCat(bind.space.text, ".", entry.name.text), entry.value.text);
      variables.emplace_back(entry.name.text, entry.value.text);
    }
  }
  return variables;
}

}  // namespace portico::plan
