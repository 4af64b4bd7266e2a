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

// InvalidArgument when `address` is neither "HOST:PORT", "unix:PATH" nor "off",
// and FailedPrecondition when it is public while `allow_public` is not set:
// Portico holds API keys, and whoever reaches it may use them.
absl::Status CheckListenAddress(absl::string_view flag, absl::string_view address,
                                bool allow_public);

}  // namespace portico::server

#endif  // PORTICO_SERVER_LISTEN_ADDRESS_H_
