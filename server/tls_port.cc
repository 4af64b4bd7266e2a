#include "server/tls_port.h"

#include "absl/strings/str_cat.h"

namespace portico::server {

absl::StatusOr<std::shared_ptr<const http::TlsIdentity>> IdentityOf(
    const std::string& door, const std::string& certificate_file, const std::string& key_file,
    const Log& log) {
  if (certificate_file.empty() != key_file.empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat("--", door, "-tls-cert and --", door,
                     "-tls-key go together: one alone would mean clear text"));
  }
  if (certificate_file.empty()) return nullptr;
  return http::TlsIdentity::Load(
      certificate_file, key_file, [&log, certificate_file](const absl::Status& status) {
        if (status.ok())
          return log.Write(LogLevel::kInfo, "certificate renewed", {{"file", certificate_file}});
        log.Write(LogLevel::kError, "certificate not renewed; the one before is still served",
                  {{"reason", std::string(status.message())}});
      });
}

}  // namespace portico::server
