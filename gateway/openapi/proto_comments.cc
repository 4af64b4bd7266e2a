#include "gateway/openapi/proto_comments.h"

#include <algorithm>

namespace portico::openapi {

std::string CommentOn(absl::string_view full_name) {
  const absl::Span<const ProtoComment> all = ProtoComments();
  const auto* found = std::lower_bound(
      all.begin(), all.end(), full_name,
      [](const ProtoComment& comment, absl::string_view name) { return comment.full_name < name; });
  if (found == all.end() || found->full_name != full_name) return "";
  return std::string(found->text);
}

}  // namespace portico::openapi
