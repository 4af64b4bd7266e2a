// Tries whether an upstream can be reached: DNS, TCP and, for https, TLS with
// verification. Sends no request, so that it needs no credentials and costs the
// upstream nothing it counts. For health.
//
// Loop thread only (construct and destroy as a client).
#ifndef PORTICO_CORE_UPSTREAM_CONNECT_PROBE_H_
#define PORTICO_CORE_UPSTREAM_CONNECT_PROBE_H_

#include <memory>
#include <string>

#include "absl/functional/any_invocable.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "core/loop/event_loop.h"
#include "core/upstream/curl_options.h"
#include "core/upstream/upstream_client.h"

namespace portico::upstream {

// One attempt under way. Destroying it cancels: nothing more is said. May be
// destroyed from its own callback, and outlive the prober.
class ConnectProbe {
 public:
  virtual ~ConnectProbe() = default;
};

class ConnectProber {
 public:
  using OnResult = absl::AnyInvocable<void(ExchangeEnd) &&>;

  // Not from inside a result. Probes under way are cancelled.
  virtual ~ConnectProber() = default;

  // Connects to the host of `base_uri` and closes the connection again. Calls
  // `on_result` once, never from inside Start: kNone when connected, kDns,
  // kConnect, kConnectTimeout after `timeout` (at least 1 ms), kTlsHandshake,
  // kTlsVerification, or kInvalidRequest for an unusable URI.
  // `tls`: null for the process's.
  virtual std::unique_ptr<ConnectProbe> Start(std::string base_uri, absl::Duration timeout,
                                              OnResult on_result,
                                              std::shared_ptr<const ClientTls> tls = {}) = 0;
};

// `loop` must outlive the prober. Fails when options.ca_file cannot be used.
absl::StatusOr<std::unique_ptr<ConnectProber>> MakeConnectProber(loop::EventLoop& loop,
                                                                 const CurlOptions& options);

}  // namespace portico::upstream

#endif  // PORTICO_CORE_UPSTREAM_CONNECT_PROBE_H_
