// Scanning text for the few bytes that JSON strings treat specially.
//
// Pure functions; any thread.
#ifndef PORTICO_CORE_CODEC_PLAIN_TEXT_H_
#define PORTICO_CORE_CODEC_PLAIN_TEXT_H_

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace portico::codec {

enum class Stop {
  kBackslash,
  kEscapes,            // control characters, `"` and `\`
  kEscapesAndNonAscii  // those, and every byte from 0x80 up
};

namespace internal {

template <Stop stop>
bool StopsAt(unsigned char c) {
  if (stop == Stop::kBackslash) return c == '\\';
  return c < 0x20 || c == '"' || c == '\\' || (stop == Stop::kEscapesAndNonAscii && c >= 0x80);
}

// Eight bytes at once. The high bit is set in the lowest byte that stops, and perhaps
// in bytes above it.
template <Stop stop>
std::uint64_t StopsIn8(std::uint64_t word) {
  static_assert(std::endian::native == std::endian::little);
  constexpr std::uint64_t kOnes = 0x0101010101010101;
  const std::uint64_t backslash = word ^ (kOnes * '\\');
  std::uint64_t found = (backslash - kOnes) & ~backslash;
  if (stop != Stop::kBackslash) {
    const std::uint64_t quote = word ^ (kOnes * '"');
    found |= (quote - kOnes) & ~quote;
    found |= (word - kOnes * 0x20) & ~word;
    if (stop == Stop::kEscapesAndNonAscii) found |= word;
  }
  return found & (kOnes * 0x80);
}

inline std::uint64_t Load8(const char* p) {
  std::uint64_t word;
  std::memcpy(&word, p, 8);
  return word;
}

inline std::uint64_t Load4(const char* p) {
  std::uint32_t word;
  std::memcpy(&word, p, 4);
  return word;
}

#ifdef __SSE2__
// A bit for every one of 16 bytes that stops.
template <Stop stop>
unsigned StopsIn16(const char* p) {
  const __m128i text = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
  __m128i found = _mm_cmpeq_epi8(text, _mm_set1_epi8('\\'));
  if (stop != Stop::kBackslash) {
    found = _mm_or_si128(found, _mm_cmpeq_epi8(text, _mm_set1_epi8('"')));
    const __m128i control =
        stop == Stop::kEscapesAndNonAscii
            ? _mm_cmplt_epi8(text, _mm_set1_epi8(0x20))  // signed: 0x80 and up, too
            : _mm_cmpeq_epi8(_mm_min_epu8(text, _mm_set1_epi8(0x1F)), text);
    found = _mm_or_si128(found, control);
  }
  return static_cast<unsigned>(_mm_movemask_epi8(found));
}
#endif

}  // namespace internal

// Whether no byte of [p, p + n) stops. The quick answer to the usual case.
template <Stop stop>
inline bool IsPlain(const char* p, std::size_t n) {
  using namespace internal;  // NOLINT: a function's scope
  if (n >= 16) {
    const char* const last = p + n - 16;
#ifdef __SSE2__
    for (; p < last; p += 16) {
      if (StopsIn16<stop>(p) != 0) return false;
    }
    return StopsIn16<stop>(last) == 0;
#else
    for (; p < last; p += 8) {
      if (StopsIn8<stop>(Load8(p)) != 0) return false;
    }
    return (StopsIn8<stop>(Load8(last)) | StopsIn8<stop>(Load8(last + 8))) == 0;
#endif
  }
  if (n >= 8) return (StopsIn8<stop>(Load8(p)) | StopsIn8<stop>(Load8(p + n - 8))) == 0;
  if (n >= 4) return StopsIn8<stop>(Load4(p) | Load4(p + n - 4) << 32) == 0;
  return n == 0 || !(StopsAt<stop>(p[0]) || StopsAt<stop>(p[n / 2]) || StopsAt<stop>(p[n - 1]));
}

// The first byte in [p, end) that stops, or `end`.
template <Stop stop>
inline const char* SkipPlain(const char* p, const char* end) {
#ifdef __SSE2__
  for (; end - p >= 16; p += 16) {
    if (const unsigned found = internal::StopsIn16<stop>(p)) return p + std::countr_zero(found);
  }
#endif
  for (; end - p >= 8; p += 8) {
    if (const std::uint64_t found = internal::StopsIn8<stop>(internal::Load8(p))) {
      return p + std::countr_zero(found) / 8;
    }
  }
  while (p != end && !internal::StopsAt<stop>(*p)) ++p;
  return p;
}

}  // namespace portico::codec

#endif  // PORTICO_CORE_CODEC_PLAIN_TEXT_H_
