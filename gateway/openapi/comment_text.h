// A comment of a .proto file as Markdown for readers of JSON.
//
// Pure function; any thread.
#ifndef PORTICO_GATEWAY_OPENAPI_COMMENT_TEXT_H_
#define PORTICO_GATEWAY_OPENAPI_COMMENT_TEXT_H_

#include <map>
#include <string>

#include "absl/strings/string_view.h"

namespace portico::openapi {

// `comment` as protoc gives it: lines that begin with a space. Lines of a paragraph
// are joined. `names` maps names of fields to those of their JSON members; they are
// replaced where they stand in backquotes. Sentences that speak of
// `unmodeled_json`, which exists in gRPC alone, are dropped.
std::string CommentText(absl::string_view comment, const std::map<std::string, std::string>& names);

}  // namespace portico::openapi

#endif  // PORTICO_GATEWAY_OPENAPI_COMMENT_TEXT_H_
