// The certificate that an HTTP door shows, by its flags.
#ifndef PORTICO_SERVER_TLS_PORT_H_
#define PORTICO_SERVER_TLS_PORT_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "gateway/http/tls_identity.h"
#include "server/log.h"

namespace portico::server {

// Null without a certificate: clear text. `door` as in its flags: "rest". What happens
// to the files later is told to `log`, which must outlive the identity.
absl::StatusOr<std::shared_ptr<const http::TlsIdentity>> IdentityOf(
    const std::string& door, const std::string& certificate_file, const std::string& key_file,
    const Log& log);

}  // namespace portico::server

#endif  // PORTICO_SERVER_TLS_PORT_H_
