#include "core/upstream/tls_loader.h"

#include <fstream>
#include <optional>
#include <sstream>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/upstream/trust_bundle.h"

namespace portico::upstream {
namespace {

struct LoadedTls final : ClientTls {
  std::optional<TrustBundle> bundle;  // the file that `authorities` names
};

void CheckPem(const char* key, const std::string& file, absl::string_view holds,
              std::vector<std::string>* missing) {
  std::ifstream stream(file, std::ios::binary);
  std::ostringstream read;
  read << stream.rdbuf();  // of a folder: nothing, where an iterator would throw
  const std::string text = read.str();
  if (text.empty()) {
    missing->push_back(absl::StrCat("tls.", key, " ", file, " (cannot be read)"));
  } else if (!absl::StrContains(text, "-----BEGIN ") || !absl::StrContains(text, holds)) {
    missing->push_back(absl::StrCat("tls.", key, " ", file, " (holds no PEM ",
                                    holds == "CERTIFICATE-----" ? "certificate" : "key", ")"));
  } else if (absl::StrContains(text, "ENCRYPTED")) {
    missing->push_back(absl::StrCat("tls.", key, " ", file, " (has a passphrase)"));
  }
}

}  // namespace

std::shared_ptr<const ClientTls> LoadTls(const plan::TlsFiles& files,
                                         std::vector<std::string>* missing) {
  if (files.empty()) return nullptr;
  auto tls = std::make_shared<LoadedTls>();
  if (!files.ca_file.empty()) {
    absl::StatusOr<TrustBundle> bundle = TrustBundle::Load(files.ca_file);
    if (bundle.ok()) {
      tls->bundle = *std::move(bundle);
      tls->authorities = tls->bundle->path();
    } else {
      CheckPem("caFile", files.ca_file, "CERTIFICATE-----", missing);
    }
  }
  if (!files.certificate_file.empty()) {
    CheckPem("certificateFile", files.certificate_file, "CERTIFICATE-----", missing);
    CheckPem("keyFile", files.key_file, "PRIVATE KEY-----", missing);
    tls->certificate_file = files.certificate_file;
    tls->key_file = files.key_file;
  }
  return tls;
}

}  // namespace portico::upstream
