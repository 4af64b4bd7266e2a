// Numbers as JSON text: one canonical spelling per value, and whether a lexeme is
// exactly that spelling. A lexeme that is not would come back changed from a
// typed field, so it does not fit the field.
//
// Canonical spelling of a double: that of ECMAScript's Number::toString (also
// RFC 8785, section 3.2.2.3), which is what Node.js upstreams write; but -0 keeps
// its sign. Integers: digits, no leading zeros, no "-0".
//
// Pure functions; any thread.
#ifndef PORTICO_CORE_CODEC_JSON_NUMBER_H_
#define PORTICO_CORE_CODEC_JSON_NUMBER_H_

#include <cstddef>
#include <cstdint>

#include "absl/strings/string_view.h"

namespace portico::codec {

// Whether `lexeme` is a number of RFC 8259.
bool IsJsonNumber(absl::string_view lexeme);

// True when `lexeme` is the canonical spelling of a value of the type.
bool ReadExactInt64(absl::string_view lexeme, std::int64_t* value);
bool ReadExactUint64(absl::string_view lexeme, std::uint64_t* value);
bool ReadExactDouble(absl::string_view lexeme, double* value);

// Enough for any canonical spelling.
inline constexpr std::size_t kMaxNumberSize = 32;

// Write the canonical spelling to `out` (room for kMaxNumberSize); return its end.
// `value` is finite.
char* WriteDouble(double value, char* out);
char* WriteInt64(std::int64_t value, char* out);
char* WriteUint64(std::uint64_t value, char* out);

}  // namespace portico::codec

#endif  // PORTICO_CORE_CODEC_JSON_NUMBER_H_
