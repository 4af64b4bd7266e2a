#include "core/openapi_import/secret_names.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "core/plan/name_folding.h"

namespace portico::openapi_import {

std::string SecretName(const Api& api, absl::string_view what) {
  const std::string name = plan::FoldName(absl::StrCat(api.space, "-", what));
  return absl::AsciiStrToUpper(absl::StrReplaceAll(name, {{"-", "_"}}));
}

std::string KeyName(const Api& api, const ApiCredential& credential) {
  const bool alone = api.credentials.size() == 1 && credential.kind != ApiCredential::Kind::kCookie;
  return SecretName(api, alone ? "api-key" : credential.key);
}

std::string SecretReference(absl::string_view name) { return absl::StrCat("{{env.", name, "}}"); }

}  // namespace portico::openapi_import
