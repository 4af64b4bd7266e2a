// Keeps credentials out of texts that people read. Pure; any thread.
#ifndef PORTICO_CORE_UPSTREAM_REDACT_H_
#define PORTICO_CORE_UPSTREAM_REDACT_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "core/upstream/upstream_client.h"

namespace portico::upstream {

// `text` with every value of `secrets` replaced by "***"; of a value such as
// "Bearer abc" also the part after the scheme. Values under 4 bytes are left:
// they would eat ordinary words.
std::string Redact(absl::string_view text, const std::vector<Header>& secrets);

// Scheme, host, port and path of a URL, for messages: without user information,
// query and fragment, where credentials may stand.
std::string UrlForPeople(absl::string_view url);

}  // namespace portico::upstream

#endif  // PORTICO_CORE_UPSTREAM_REDACT_H_
