#include "core/codec/json_string.h"

#include <simdjson.h>

namespace portico::codec {
namespace {

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// The four digits after `\u`, or -1.
int CodeUnit(const char* p, const char* end) {
  if (end - p < 4) return -1;
  int unit = 0;
  for (int i = 0; i < 4; ++i) {
    const int digit = HexDigit(p[i]);
    if (digit < 0) return -1;
    unit = unit * 16 + digit;
  }
  return unit;
}

char SimpleEscape(char c) {
  switch (c) {
    case '"':
    case '\\':
    case '/':
      return c;
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    default:
      return 0;
  }
}

bool IsHigh(int unit) { return unit >= 0xD800 && unit <= 0xDBFF; }
bool IsLow(int unit) { return unit >= 0xDC00 && unit <= 0xDFFF; }

char* AppendUtf8(std::uint32_t c, char* out) {
  if (c < 0x80) {
    *out++ = static_cast<char>(c);
    return out;
  }
  if (c < 0x800) {
    *out++ = static_cast<char>(0xC0 | (c >> 6));
  } else {
    if (c < 0x10000) {
      *out++ = static_cast<char>(0xE0 | (c >> 12));
    } else {
      *out++ = static_cast<char>(0xF0 | (c >> 18));
      *out++ = static_cast<char>(0x80 | ((c >> 12) & 0x3F));
    }
    *out++ = static_cast<char>(0x80 | ((c >> 6) & 0x3F));
  }
  *out++ = static_cast<char>(0x80 | (c & 0x3F));
  return out;
}

// The escape whose digits start at `*p`; moves past it.
Unescaped UnescapeUnit(const char** p, const char* end, char** out) {
  const int unit = CodeUnit(*p, end);
  if (unit < 0) return Unescaped::kInvalid;
  *p += 4;
  if (!IsHigh(unit) && !IsLow(unit)) {
    *out = AppendUtf8(unit, *out);
    return Unescaped::kDone;
  }
  if (IsLow(unit) || end - *p < 2 || (*p)[0] != '\\' || (*p)[1] != 'u') {
    return Unescaped::kLoneSurrogate;
  }
  const int low = CodeUnit(*p + 2, end);
  if (low < 0) return Unescaped::kInvalid;
  if (!IsLow(low)) return Unescaped::kLoneSurrogate;
  *p += 6;
  *out = AppendUtf8(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00), *out);
  return Unescaped::kDone;
}

const char* FindBackslash(const char* p, const char* end) {
  const void* found = p == end ? nullptr : std::memchr(p, '\\', end - p);
  return found == nullptr ? end : static_cast<const char*>(found);
}

}  // namespace

Unescaped Unescape(absl::string_view raw, char* out, std::size_t* size) {
  char* const start = out;
  const char* p = raw.data();
  const char* const end = p + raw.size();
  while (true) {
    const char* const escape = FindBackslash(p, end);
    if (escape != p) std::memcpy(out, p, escape - p);
    out += escape - p;
    if (escape == end) break;
    p = escape + 1;
    if (p == end) return Unescaped::kInvalid;
    const char c = *p++;
    if (c == 'u') {
      const Unescaped unit = UnescapeUnit(&p, end, &out);
      if (unit != Unescaped::kDone) return unit;
    } else {
      const char simple = SimpleEscape(c);
      if (simple == 0) return Unescaped::kInvalid;
      *out++ = simple;
    }
  }
  *size = out - start;
  return Unescaped::kDone;
}

bool EscapesAreValid(absl::string_view raw) {
  const char* const end = raw.data() + raw.size();
  for (const char* p = FindBackslash(raw.data(), end); p != end; p = FindBackslash(p, end)) {
    if (end - p < 2) return false;
    if (p[1] == 'u') {
      if (CodeUnit(p + 2, end) < 0) return false;
      p += 6;
    } else {
      if (SimpleEscape(p[1]) == 0) return false;
      p += 2;
    }
  }
  return true;
}

bool IsUtf8(absl::string_view text) { return simdjson::validate_utf8(text.data(), text.size()); }

std::size_t Utf8Length(const char* p, const char* end) {
  const auto byte = [p](int i) { return static_cast<unsigned char>(p[i]); };
  const auto follows = [&](int i, unsigned low = 0x80, unsigned high = 0xBF) {
    return end - p > i && byte(i) >= low && byte(i) <= high;
  };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  if (first < 0xC2 || first > 0xF4) return 0;
  if (first < 0xE0) return follows(1) ? 2 : 0;
  if (first < 0xF0) {
    const unsigned low = first == 0xE0 ? 0xA0 : 0x80;   // no overlong forms
    const unsigned high = first == 0xED ? 0x9F : 0xBF;  // no surrogates
    return follows(1, low, high) && follows(2) ? 3 : 0;
  }
  const unsigned low = first == 0xF0 ? 0x90 : 0x80;
  const unsigned high = first == 0xF4 ? 0x8F : 0xBF;  // up to U+10FFFF
  return follows(1, low, high) && follows(2) && follows(3) ? 4 : 0;
}

}  // namespace portico::codec
