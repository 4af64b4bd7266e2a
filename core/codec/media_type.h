// What a media type says (RFC 9110, 8.3): of a Content-Type, a file or a description.
// Neither case nor parameters matter.
//
// Pure functions; any thread.
#ifndef PORTICO_CORE_CODEC_MEDIA_TYPE_H_
#define PORTICO_CORE_CODEC_MEDIA_TYPE_H_

#include "absl/strings/string_view.h"

namespace portico::codec {

// Without parameters, in the case in which it is written: "Text/HTML; q=0.5" -> "Text/HTML".
// Lives as long as `media_type`.
absl::string_view Essence(absl::string_view media_type);

// `essence`: "text/csv".
bool IsOfType(absl::string_view media_type, absl::string_view essence);

// "application/json", "text/json" and what a suffix makes JSON ("application/geo+json"): the
// JSON MIME types of WHATWG's MIME Sniffing, 4.6.
bool IsJsonType(absl::string_view media_type);

bool IsEventStream(absl::string_view media_type);

}  // namespace portico::codec

#endif  // PORTICO_CORE_CODEC_MEDIA_TYPE_H_
