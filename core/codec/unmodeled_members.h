// The members of an `unmodeled_json` text, into an object that is being written.
#ifndef PORTICO_CORE_CODEC_UNMODELED_MEMBERS_H_
#define PORTICO_CORE_CODEC_UNMODELED_MEMBERS_H_

#include "absl/strings/string_view.h"
#include "core/codec/json_writer.h"

namespace portico::codec {

// False, with nothing written, when `unmodeled` is not the text of a JSON object.
bool PrintUnmodeledMembers(absl::string_view unmodeled, JsonWriter* out);

}  // namespace portico::codec

#endif  // PORTICO_CORE_CODEC_UNMODELED_MEMBERS_H_
