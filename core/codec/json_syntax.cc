#include "core/codec/json_syntax.h"

#include "core/codec/json_number.h"
#include "core/codec/json_string.h"
#include "core/codec/nesting.h"

namespace portico::codec {
namespace {

bool IsSpace(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

bool MayBeInNumber(char c) {
  return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
}

class Scanner {
 public:
  explicit Scanner(absl::string_view text)
      : begin_(text.data()), p_(begin_), end_(begin_ + text.size()) {}

  std::optional<JsonSyntaxError> Scan() {
    if (Document()) return std::nullopt;
    return JsonSyntaxError{static_cast<std::size_t>(p_ - begin_), what_};
  }

 private:
  bool Fail(const char* what) {
    what_ = p_ == end_ ? "the text ends too early" : what;
    return false;
  }

  void SkipSpace() {
    while (p_ != end_ && IsSpace(*p_)) ++p_;
  }

  bool Take(char c) {
    SkipSpace();
    if (p_ == end_ || *p_ != c) return false;
    ++p_;
    return true;
  }

  bool Document() {
    do {
      if (!Value()) return false;
    } while (!open_.empty());
    SkipSpace();
    if (p_ == end_) return true;
    return Fail("the end of the text expected");
  }

  // One scalar or empty container, or the opening of a container; then closes what
  // ends here, and moves to the start of the next value.
  bool Value() {
    SkipSpace();
    if (p_ == end_) return Fail("a value expected");
    if (*p_ == '{' || *p_ == '[') {
      const bool is_object = *p_++ == '{';
      open_.Open(is_object);
      if (!Take(is_object ? '}' : ']')) return is_object ? Key() : true;
      open_.Close();
    } else if (!Scalar()) {
      return false;
    }
    return AfterValue();
  }

  bool AfterValue() {
    while (!open_.empty()) {
      const bool is_object = open_.in_object();
      if (Take(',')) return is_object ? Key() : true;
      if (!Take(is_object ? '}' : ']')) {
        return Fail(is_object ? "',' or '}' expected" : "',' or ']' expected");
      }
      open_.Close();
    }
    return true;
  }

  bool Key() {
    SkipSpace();
    if (p_ == end_ || *p_ != '"') return Fail("a member's name expected");
    if (!String()) return false;
    return Take(':') || Fail("':' expected");
  }

  bool Scalar() {
    switch (*p_) {
      case '"':
        return String();
      case 't':
        return Literal("true");
      case 'f':
        return Literal("false");
      case 'n':
        return Literal("null");
      default:
        return Number();
    }
  }

  bool Literal(absl::string_view name) {
    for (char c : name) {
      if (p_ == end_ || *p_ != c) return Fail("a value expected");
      ++p_;
    }
    return true;
  }

  bool Number() {
    const char* last = p_;
    while (last != end_ && MayBeInNumber(*last)) ++last;
    if (last == p_) return Fail("a value expected");
    if (!IsJsonNumber(absl::string_view(p_, last - p_))) return Fail("not a number of RFC 8259");
    p_ = last;
    return true;
  }

  bool String() {
    ++p_;
    while (true) {
      p_ = SkipPlain<Stop::kEscapesAndNonAscii>(p_, end_);
      if (p_ == end_) return Fail("");
      if (*p_ == '"') {
        ++p_;
        return true;
      }
      if (*p_ == '\\') {
        const std::size_t size = end_ - p_ < 2 || p_[1] != 'u' ? 2 : 6;
        const std::size_t left = end_ - p_;
        if (!EscapesAreValid(absl::string_view(p_, size < left ? size : left))) {
          return Fail("not an escape of RFC 8259");
        }
        p_ += size;
      } else if (static_cast<unsigned char>(*p_) < 0x20) {
        return Fail("a control character must be escaped");
      } else {
        const std::size_t size = Utf8Length(p_, end_);
        if (size == 0) return Fail("not UTF-8");
        p_ += size;
      }
    }
  }

  const char* const begin_;
  const char* p_;
  const char* const end_;
  const char* what_ = "";
  Nesting open_;
};

}  // namespace

std::optional<JsonSyntaxError> FindJsonSyntaxError(absl::string_view text) {
  return Scanner(text).Scan();
}

absl::string_view TrimJsonSpace(absl::string_view text) {
  while (!text.empty() && IsSpace(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsSpace(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace portico::codec
