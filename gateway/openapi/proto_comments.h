// The comments of our .proto files, which descriptors in a program do not carry.
// The table is made at build time by comment_table.
//
// Pure function over constants; any thread.
#ifndef PORTICO_GATEWAY_OPENAPI_PROTO_COMMENTS_H_
#define PORTICO_GATEWAY_OPENAPI_PROTO_COMMENTS_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace portico::openapi {

struct ProtoComment {
  absl::string_view full_name;  // "render.workflows.v1.Task.created_at"
  // Markdown: one line a paragraph. Fields are called as in JSON (`createdAt`), and
  // sentences about `unmodeled_json` are left out: it exists in gRPC only.
  absl::string_view text;
};

// Sorted by name.
absl::Span<const ProtoComment> ProtoComments();

// The comment above a service, RPC, message or field; empty when there is none.
std::string CommentOn(absl::string_view full_name);

}  // namespace portico::openapi

#endif  // PORTICO_GATEWAY_OPENAPI_PROTO_COMMENTS_H_
