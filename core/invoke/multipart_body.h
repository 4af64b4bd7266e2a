// A JSON object as multipart/form-data (RFC 7578): a part for each member.
//
// Pure functions; any thread.
#ifndef PORTICO_CORE_INVOKE_MULTIPART_BODY_H_
#define PORTICO_CORE_INVOKE_MULTIPART_BODY_H_

#include <string>

#include "absl/status/statusor.h"
#include "core/invoke/body_value.h"

namespace portico::invoke {

inline constexpr char kMultipartType[] = "multipart/form-data";

// A member `{"base64": ..., "filename"?, "contentType"?}` is a file; a list is several
// parts of one name; any other object is a part of JSON. `boundary` gets what stands
// between the parts and in none of them. InvalidArgument, in words that follow "body",
// when `body` is no object, a file is not one, or kMaxEncodedBytes would be exceeded.
absl::StatusOr<std::string> ToMultipart(const BodyValue& body, std::string* boundary);

}  // namespace portico::invoke

#endif  // PORTICO_CORE_INVOKE_MULTIPART_BODY_H_
