#include "core/invoke/secret_echo.h"

#include <string>
#include <vector>

#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "core/plan/percent_encoding.h"
#include "core/plan/variable_text.h"
#include "core/upstream/redact.h"

namespace portico::invoke {
namespace {

using upstream::Credential;
using upstream::Header;

void Add(const std::string& value, std::vector<Header>* secrets) {
  secrets->push_back({"", value});
  const std::string escaped = absl::StrReplaceAll(value, {{"/", "\\/"}});  // as JSON may have it
  if (escaped != value) secrets->push_back({"", escaped});
}

// As it stands in a URL, and as it was before.
void AddEncoded(absl::string_view encoded, std::vector<Header>* secrets) {
  std::string decoded;
  secrets->push_back({"", std::string(encoded)});
  if (plan::AppendDecoded(encoded, &decoded)) Add(decoded, secrets);
}

void AddVariables(absl::string_view text, const Credential& credential,
                  std::vector<Header>* secrets) {
  for (const std::string& name : plan::VariablesOf(text)) {
    const auto variable = credential.variables.find(name);
    if (variable == credential.variables.end()) continue;
    std::string encoded;
    plan::AppendEncoded(variable->second.value, &encoded);
    AddEncoded(encoded, secrets);
  }
}

std::vector<Header> QuerySecrets(const plan::Operation& operation, const Credential& credential) {
  std::vector<Header> secrets;
  if (!credential.query.empty()) {
    for (const absl::string_view pair : absl::StrSplit(credential.query, '&')) {
      AddEncoded(pair.substr(pair.find('=') + 1), &secrets);
    }
  }
  for (const plan::Constant& constant : operation.constants) {
    if (constant.location == plan::ParameterLocation::kHeader) continue;  // in no URL
    AddVariables(constant.text, credential, &secrets);
  }
  return secrets;
}

std::vector<Header> AllSecrets(const plan::Operation& operation, const Credential& credential,
                               const upstream::Token* token) {
  std::vector<Header> secrets = QuerySecrets(operation, credential);
  for (const auto* const headers : {&credential.headers, &credential.fixed_headers}) {
    for (const Header& header : *headers) Add(header.value, &secrets);
  }
  for (const plan::Constant& constant : operation.constants) {
    if (constant.location != plan::ParameterLocation::kHeader) continue;
    AddVariables(constant.text, credential, &secrets);
  }
  if (operation.constant_body.has_value()) {
    AddVariables(*operation.constant_body, credential, &secrets);
  }
  if (token != nullptr) Add(token->header_value, &secrets);
  return secrets;
}

void Hide(const std::vector<Header>& secrets, upstream::ResponseHead* head) {
  for (Header& header : head->headers) header.value = upstream::Redact(header.value, secrets);
}

}  // namespace

void HideSecrets(const plan::Operation& operation, const Credential& credential,
                 const upstream::Token* token, Outcome* outcome) {
  const std::vector<Header> secrets = AllSecrets(operation, credential, token);
  if (secrets.empty()) return;
  Hide(secrets, &outcome->head);
  outcome->body = upstream::Redact(outcome->body, secrets);
}

void HideQuerySecrets(const plan::Operation& operation, const Credential& credential,
                      upstream::ResponseHead* head) {
  const std::vector<Header> secrets = QuerySecrets(operation, credential);
  if (!secrets.empty()) Hide(secrets, head);
}

}  // namespace portico::invoke
