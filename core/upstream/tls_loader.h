// An overlay's TLS files, looked at before anything is sent.
//
// Pure but for the files; any thread.
#ifndef PORTICO_CORE_UPSTREAM_TLS_LOADER_H_
#define PORTICO_CORE_UPSTREAM_TLS_LOADER_H_

#include <memory>
#include <string>
#include <vector>

#include "core/plan/plan.h"
#include "core/upstream/client_tls.h"

namespace portico::upstream {

// Null when `files` is empty. What cannot be used is added to `missing`, such as
// "tls.caFile ca.pem (holds no PEM certificate)".
std::shared_ptr<const ClientTls> LoadTls(const plan::TlsFiles& files,
                                         std::vector<std::string>* missing);

}  // namespace portico::upstream

#endif  // PORTICO_CORE_UPSTREAM_TLS_LOADER_H_
