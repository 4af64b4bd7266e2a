// TLS towards one upstream, where it is not the process's own.
//
// Immutable; any thread. Shared by the requests that need it.
#ifndef PORTICO_CORE_UPSTREAM_CLIENT_TLS_H_
#define PORTICO_CORE_UPSTREAM_CLIENT_TLS_H_

#include <string>

namespace portico::upstream {

struct ClientTls {
  virtual ~ClientTls() = default;

  // PEM files for the engine; empty: the process's authorities, no certificate. Certificate
  // and key are read for each new connection, so they may be rotated.
  std::string authorities;
  std::string certificate_file;
  std::string key_file;
};

}  // namespace portico::upstream

#endif  // PORTICO_CORE_UPSTREAM_CLIENT_TLS_H_
