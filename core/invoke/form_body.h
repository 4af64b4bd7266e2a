// A JSON object as application/x-www-form-urlencoded (WHATWG URL, 5.2).
//
// Pure functions; any thread.
#ifndef PORTICO_CORE_INVOKE_FORM_BODY_H_
#define PORTICO_CORE_INVOKE_FORM_BODY_H_

#include <string>

#include "absl/status/statusor.h"
#include "core/invoke/body_value.h"
#include "core/plan/operation.h"

namespace portico::invoke {

inline constexpr char kFormType[] = "application/x-www-form-urlencoded";

// `a=1&b[c]=2&d[]=3`. Lists of scalars by `style`, lists of anything else by index;
// null is an empty value; empty lists and objects are nothing. InvalidArgument, in words
// that follow "body", when `body` is no object or would be larger than kMaxEncodedBytes.
absl::StatusOr<std::string> ToForm(const BodyValue& body, plan::ArrayStyle style);

}  // namespace portico::invoke

#endif  // PORTICO_CORE_INVOKE_FORM_BODY_H_
