// The certificate and key that a listener shows, re-read when the files change.
#ifndef PORTICO_GATEWAY_HTTP_TLS_IDENTITY_H_
#define PORTICO_GATEWAY_HTTP_TLS_IDENTITY_H_

#include <functional>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

struct ssl_ctx_st;  // OpenSSL's SSL_CTX

namespace portico::http {

// Immutable but for what it re-reads; any thread.
class TlsIdentity {
 public:
  // PEM files: the certificate with its chain, and its key. InvalidArgument naming
  // the file when one cannot be read or they do not belong together.
  // `on_reload` hears of each change of the files afterwards: OK, or why those before
  // are still used. On the thread that accepts; it may not call back.
  using OnReload = std::function<void(const absl::Status&)>;
  static absl::StatusOr<std::shared_ptr<const TlsIdentity>> Load(
      const std::string& certificate_file, const std::string& key_file,
      OnReload on_reload = nullptr);
  virtual ~TlsIdentity() = default;

  // OK, or why the files as they are now are not used but those before them.
  virtual absl::Status last_reload() const = 0;

  // For the listener: TLS 1.2 and later, HTTP/1.1 only. Looks at the files, at most
  // once a second; connections keep the one that they began with.
  virtual std::shared_ptr<ssl_ctx_st> Context() const = 0;
};

}  // namespace portico::http

#endif  // PORTICO_GATEWAY_HTTP_TLS_IDENTITY_H_
