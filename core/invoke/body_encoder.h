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

// Whether the body has to be written anew: it is JSON, and the API takes another form. A
// body that comes in that form already passes byte for byte.
bool NeedsEncoding(const Call& call);

// Of an API's own form, without parameters: "multipart/form-data". Callers may send it.
absl::string_view MediaTypeOf(const plan::Operation& operation);

// Puts body and content type of a call that NeedsEncoding, and has its body whole, into
// the API's form. InvalidArgument, in words that follow "body", when that cannot be, or
// would be larger than kMaxEncodedBytes.
absl::Status EncodeBody(Call* call);

// A text's bytes, or those of `{"text": ...}` or `{"base64": ...}`.
absl::StatusOr<std::string> ToRaw(const BodyValue& body);

}  // namespace portico::invoke

#endif  // PORTICO_CORE_INVOKE_BODY_ENCODER_H_
