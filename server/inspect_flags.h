// The flags of the commands that look at files and serve nothing.
#ifndef PORTICO_SERVER_INSPECT_FLAGS_H_
#define PORTICO_SERVER_INSPECT_FLAGS_H_

#include <vector>

#include "absl/strings/string_view.h"
#include "server/serve_flags.h"

namespace portico::server {

// Of import, check, describe and openapi; none for any other command.
std::vector<Flag> InspectFlags(absl::string_view command);

}  // namespace portico::server

#endif  // PORTICO_SERVER_INSPECT_FLAGS_H_
