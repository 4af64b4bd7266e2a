// The certificate and key that a listener shows, re-read when the files change.
#ifndef PORTICO_GATEWAY_HTTP_TLS_IDENTITY_H_
#define PORTICO_GATEWAY_HTTP_TLS_IDENTITY_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"

namespace portico::http {

// Immutable but for what it re-reads; any thread.
class TlsIdentity {
 public:
  // PEM files: the certificate with its chain, and its key. InvalidArgument naming
  // the file when one cannot be read or they do not belong together.
  static absl::StatusOr<std::shared_ptr<const TlsIdentity>> Load(
      const std::string& certificate_file, const std::string& key_file);
  virtual ~TlsIdentity() = default;
};

}  // namespace portico::http

#endif  // PORTICO_GATEWAY_HTTP_TLS_IDENTITY_H_
