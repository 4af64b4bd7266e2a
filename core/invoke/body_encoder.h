// The caller's JSON body in the form that an operation's API takes: a form, several
// parts, or bytes. docs/overlays.md has the rules with examples.
//
// Pure functions; any thread.
#ifndef PORTICO_CORE_INVOKE_BODY_ENCODER_H_
#define PORTICO_CORE_INVOKE_BODY_ENCODER_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "core/invoke/body_value.h"
#include "core/invoke/call.h"

namespace portico::invoke {

// A form repeats a list's name with each element, and names within names with each of
// theirs: from a caller's JSON, it could outgrow any memory.
constexpr std::size_t kMaxEncodedBytes = 64u << 20;

// Whether the body has to be written anew: it is JSON, and the API takes another form. A
// body that comes in that form already passes byte for byte.
bool NeedsEncoding(const Call& call);

// Of an API's own form, without parameters: "multipart/form-data". Callers may send it.
absl::string_view MediaTypeOf(const plan::Operation& operation);

// Puts body and content type of a call that NeedsEncoding, and has its body whole, into
// the API's form. InvalidArgument, in words that follow "body", when that cannot be, or
// would be larger than kMaxEncodedBytes.
absl::Status EncodeBody(Call* call);

// `a=1&b[c]=2&d[]=3`. Lists of scalars by `style`, lists of anything else by index;
// null is an empty value; empty lists and objects are nothing.
absl::StatusOr<std::string> ToForm(const BodyValue& body, plan::ArrayStyle style);

// RFC 7578. A member `{"base64": ..., "filename"?, "contentType"?}` is a file; a list is
// several parts of one name; any other object is a part of JSON. `boundary` gets what
// stands between the parts and in none of them.
absl::StatusOr<std::string> ToMultipart(const BodyValue& body, std::string* boundary);

// A text's bytes, or those of `{"text": ...}` or `{"base64": ...}`.
absl::StatusOr<std::string> ToRaw(const BodyValue& body);

}  // namespace portico::invoke

#endif  // PORTICO_CORE_INVOKE_BODY_ENCODER_H_
