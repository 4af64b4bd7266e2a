// The inside of JSON strings: undoing escapes, checking them and UTF-8.
//
// Pure functions; any thread. "Raw" is the text between the quotes.
#ifndef PORTICO_CORE_CODEC_JSON_STRING_H_
#define PORTICO_CORE_CODEC_JSON_STRING_H_

#include <cstddef>

#include "absl/strings/string_view.h"

namespace portico::codec {

enum class Unescaped {
  kDone,
  kLoneSurrogate,  // RFC 8259 allows it, UTF-8 cannot hold it
  kInvalid,        // not an escape of RFC 8259, section 7
};

// Writes the UTF-8 text that `raw` stands for to `out`, which has room for
// raw.size() bytes, and its length to `size`. `raw` is valid but for its escapes.
Unescaped Unescape(absl::string_view raw, char* out, std::size_t* size);

// Whether all escapes in `raw` are those of RFC 8259; lone surrogates are.
bool EscapesAreValid(absl::string_view raw);

bool IsUtf8(absl::string_view text);

// Length (1 to 4) of the UTF-8 sequence (RFC 3629) at the start of [p, end), which
// is not empty; 0 when it is not valid.
std::size_t Utf8Length(const char* p, const char* end);

}  // namespace portico::codec

#endif  // PORTICO_CORE_CODEC_JSON_STRING_H_
