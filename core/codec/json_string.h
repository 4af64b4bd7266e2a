// The inside of JSON strings: finding what needs escaping, undoing escapes.
//
// Pure functions; any thread. "Raw" is the text between the quotes.
#ifndef PORTICO_CORE_CODEC_JSON_STRING_H_
#define PORTICO_CORE_CODEC_JSON_STRING_H_

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "absl/strings/string_view.h"

namespace portico::codec {

enum class Stop {
  kEscapes,            // control characters, `"` and `\`
  kEscapesAndNonAscii  // those, and every byte from 0x80 up
};

namespace internal {

inline constexpr std::uint64_t kOnes = 0x0101010101010101;
inline constexpr std::uint64_t kHighs = 0x8080808080808080;

inline std::uint64_t Load8(const char* p) {
  std::uint64_t word;
  std::memcpy(&word, p, 8);
  return word;
}

// High bit set in the lowest byte that stops, and perhaps in bytes above it.
template <Stop stop>
std::uint64_t Stops(std::uint64_t word) {
  static_assert(std::endian::native == std::endian::little);
  const std::uint64_t quote = word ^ (kOnes * '"');
  const std::uint64_t backslash = word ^ (kOnes * '\\');
  std::uint64_t found = (word - kOnes * 0x20) & ~word;
  found |= (quote - kOnes) & ~quote;
  found |= (backslash - kOnes) & ~backslash;
  if (stop == Stop::kEscapesAndNonAscii) found |= word;
  return found & kHighs;
}

template <Stop stop>
bool StopsAt(unsigned char c) {
  return c < 0x20 || c == '"' || c == '\\' || (stop == Stop::kEscapesAndNonAscii && c >= 0x80);
}

}  // namespace internal

// The first byte in [p, end) that stops, or `end`.
template <Stop stop>
const char* SkipPlain(const char* p, const char* end) {
  while (end - p >= 8) {
    if (const std::uint64_t found = internal::Stops<stop>(internal::Load8(p))) {
      return p + std::countr_zero(found) / 8;
    }
    p += 8;
  }
  while (p != end && !internal::StopsAt<stop>(*p)) ++p;
  return p;
}

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
