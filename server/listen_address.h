// Where a door listens, and whether it may.
#ifndef PORTICO_SERVER_LISTEN_ADDRESS_H_
#define PORTICO_SERVER_LISTEN_ADDRESS_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace portico::server {

// Whether only this machine reaches `address`: "localhost:1", "127.x.y.z:1",
// "[::1]:1", "unix:/path".
bool IsLoopback(absl::string_view address);

// InvalidArgument when `address` is neither "HOST:PORT", "unix:PATH" nor "off".
absl::Status CheckListenAddress(absl::string_view flag, absl::string_view address);

// FailedPrecondition when `address`, which is one, is public while something is served
// there that is open to whoever reaches it (`open`: what, in the operator's words; empty:
// nothing): Portico holds API keys, and whoever may call it uses them.
absl::Status CheckPublicAddress(absl::string_view flag, absl::string_view address,
                                absl::string_view open);

}  // namespace portico::server

#endif  // PORTICO_SERVER_LISTEN_ADDRESS_H_
