// Well-formed UTF-8 (RFC 3629: no surrogates, no overlong forms, at most U+10FFFF).
//
// Threads: any.
#ifndef PORTICO_DEMO_UTF8_H_
#define PORTICO_DEMO_UTF8_H_

#include "absl/strings/string_view.h"

namespace portico::demo {

bool IsUtf8(absl::string_view text);

}  // namespace portico::demo

#endif  // PORTICO_DEMO_UTF8_H_
