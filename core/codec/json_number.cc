#include "core/codec/json_number.h"

#include <charconv>
#include <cmath>
#include <cstring>

namespace portico::codec {
namespace {

// Integers up to here are doubles without rounding.
constexpr double kMaxExactInteger = 9007199254740992;  // 2^53
// So many digits always are.
constexpr std::size_t kMaxExactDigits = 15;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Digits without a leading zero, at least one.
bool IsPlainInteger(absl::string_view digits) {
  if (digits.empty() || (digits[0] == '0' && digits.size() > 1)) return false;
  for (char c : digits) {
    if (!IsDigit(c)) return false;
  }
  return true;
}

std::size_t CountDigits(absl::string_view text) {
  std::size_t n = 0;
  while (n < text.size() && IsDigit(text[n])) ++n;
  return n;
}

char* Fill(char* out, char c, int count) {
  for (; count > 0; --count) *out++ = c;
  return out;
}

char* Copy(char* out, const char* from, int count) {
  std::memcpy(out, from, count);
  return out + count;
}

// ECMA-262, Number::toString: `digits` (k of them) with the decimal point before
// the digit number `point`.
char* WriteDigits(const char* digits, int k, int point, char* out) {
  if (k <= point && point <= 21) {
    return Fill(Copy(out, digits, k), '0', point - k);
  }
  if (0 < point && point <= 21) {
    out = Copy(out, digits, point);
    *out++ = '.';
    return Copy(out, digits + point, k - point);
  }
  if (-6 < point && point <= 0) {
    out = Fill(Copy(out, "0.", 2), '0', -point);
    return Copy(out, digits, k);
  }
  // The analyzer does not see std::to_chars write them.
  *out++ = digits[0];  // NOLINT(clang-analyzer-core.uninitialized.Assign)
  if (k > 1) {
    *out++ = '.';
    out = Copy(out, digits + 1, k - 1);
  }
  *out++ = 'e';
  const int exponent = point - 1;
  *out++ = exponent < 0 ? '-' : '+';
  return std::to_chars(out, out + 4, std::abs(exponent)).ptr;
}

}  // namespace

bool IsJsonNumber(absl::string_view lexeme) {
  if (!lexeme.empty() && lexeme[0] == '-') lexeme.remove_prefix(1);
  std::size_t digits = CountDigits(lexeme);
  if (digits == 0 || (lexeme[0] == '0' && digits > 1)) return false;
  lexeme.remove_prefix(digits);
  if (!lexeme.empty() && lexeme[0] == '.') {
    lexeme.remove_prefix(1);
    digits = CountDigits(lexeme);
    if (digits == 0) return false;
    lexeme.remove_prefix(digits);
  }
  if (!lexeme.empty() && (lexeme[0] == 'e' || lexeme[0] == 'E')) {
    lexeme.remove_prefix(1);
    if (!lexeme.empty() && (lexeme[0] == '+' || lexeme[0] == '-')) lexeme.remove_prefix(1);
    digits = CountDigits(lexeme);
    if (digits == 0) return false;
    lexeme.remove_prefix(digits);
  }
  return lexeme.empty();
}

bool ReadExactInt64(absl::string_view lexeme, std::int64_t* value) {
  const bool negative = !lexeme.empty() && lexeme[0] == '-';
  if (!IsPlainInteger(lexeme.substr(negative ? 1 : 0)) || lexeme == "-0") return false;
  const char* const end = lexeme.data() + lexeme.size();
  return std::from_chars(lexeme.data(), end, *value).ec == std::errc();
}

bool ReadExactUint64(absl::string_view lexeme, std::uint64_t* value) {
  if (!IsPlainInteger(lexeme)) return false;
  const char* const end = lexeme.data() + lexeme.size();
  return std::from_chars(lexeme.data(), end, *value).ec == std::errc();
}

bool ReadExactDouble(absl::string_view lexeme, double* value) {
  std::int64_t integer;
  if (lexeme.size() <= kMaxExactDigits && ReadExactInt64(lexeme, &integer)) {
    *value = static_cast<double>(integer);
    return true;
  }
  if (lexeme.size() > kMaxNumberSize) return false;
  const char* const end = lexeme.data() + lexeme.size();
  const auto [last, error] = std::from_chars(lexeme.data(), end, *value);
  if (error != std::errc() || last != end || !std::isfinite(*value)) return false;
  char canonical[kMaxNumberSize];
  return lexeme == absl::string_view(canonical, WriteDouble(*value, canonical) - canonical);
}

char* WriteDouble(double value, char* out) {
  if (std::abs(value) <= kMaxExactInteger) {
    const auto integer = static_cast<std::int64_t>(value);
    if (static_cast<double>(integer) == value && (integer != 0 || !std::signbit(value))) {
      return WriteInt64(integer, out);
    }
  }
  if (std::signbit(value)) {
    *out++ = '-';
    value = -value;
  }
  if (value == 0) {
    *out++ = '0';
    return out;
  }
  // Shortest digits that read back as `value`, as "d.ddde+XX".
  char text[kMaxNumberSize];
  const char* const end =
      std::to_chars(text, text + sizeof text, value, std::chars_format::scientific).ptr;
  char digits[kMaxNumberSize];
  int k = 0;
  const char* p = text;
  for (; *p != 'e'; ++p) {
    if (*p != '.') digits[k++] = *p;
  }
  ++p;
  if (*p == '+') ++p;
  int exponent = 0;
  std::from_chars(p, end, exponent);
  return WriteDigits(digits, k, exponent + 1, out);
}

char* WriteInt64(std::int64_t value, char* out) {
  return std::to_chars(out, out + kMaxNumberSize, value).ptr;
}

char* WriteUint64(std::uint64_t value, char* out) {
  return std::to_chars(out, out + kMaxNumberSize, value).ptr;
}

}  // namespace portico::codec
