#include "core/codec/unmodeled_members.h"

#include "core/codec/json_syntax.h"

namespace portico::codec {

bool PrintUnmodeledMembers(absl::string_view unmodeled, JsonWriter* out) {
  absl::string_view members = TrimJsonSpace(unmodeled);
  if (members.empty() || members[0] != '{' || FindJsonSyntaxError(members)) return false;
  members.remove_prefix(1);
  members.remove_suffix(1);
  members = TrimJsonSpace(members);
  if (members.empty()) return true;
  out->Separator();
  out->Raw(members);
  return true;
}

}  // namespace portico::codec
