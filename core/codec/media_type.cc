#include "core/codec/media_type.h"

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"

namespace portico::codec {

absl::string_view Essence(absl::string_view media_type) {
  return absl::StripAsciiWhitespace(media_type.substr(0, media_type.find(';')));
}

bool IsOfType(absl::string_view media_type, absl::string_view essence) {
  return absl::EqualsIgnoreCase(Essence(media_type), essence);
}

bool IsJsonType(absl::string_view media_type) {
  const absl::string_view essence = Essence(media_type);
  return absl::EqualsIgnoreCase(essence, "application/json") ||
         absl::EqualsIgnoreCase(essence, "text/json") || absl::EndsWithIgnoreCase(essence, "+json");
}

bool IsEventStream(absl::string_view media_type) {
  return IsOfType(media_type, "text/event-stream");
}

}  // namespace portico::codec
