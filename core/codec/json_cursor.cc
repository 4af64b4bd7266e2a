#include "core/codec/json_cursor.h"

#include "core/codec/json_number.h"
#include "core/codec/json_string.h"
#include "core/codec/nesting.h"

namespace portico::codec {

bool JsonCursor::SkipScalar(std::size_t* end) {
  if (Peek() == '"') {
    const absl::string_view raw = TakeString();
    *end = OffsetOf(raw.data() + raw.size()) + 1;
    return !HasEscapes(raw) || EscapesAreValid(raw);
  }
  const char first = Peek();
  if (first != '-' && (first < '0' || first > '9') && first != 't' && first != 'f' &&
      first != 'n') {
    return false;  // before TakeScalar(), which may not pass the last bracket
  }
  const absl::string_view token = TakeScalar();
  *end = OffsetOf(token.data() + token.size());
  switch (first) {
    case 't':
      return token == "true";
    case 'f':
      return token == "false";
    case 'n':
      return token == "null";
    default:
      return IsJsonNumber(token);
  }
}

bool JsonCursor::SkipKey() {
  if (Peek() != '"') return false;
  const absl::string_view raw = TakeString();
  return (!HasEscapes(raw) || EscapesAreValid(raw)) && Take(':');
}

bool JsonCursor::TakeValue(absl::string_view* value) {
  const std::size_t begin = offset();
  std::size_t end = 0;
  Nesting open;
  do {
    // One scalar, or the opening of a container.
    if (Peek() == '{' || Peek() == '[') {
      const bool is_object = Peek() == '{';
      ++next_;
      open.Open(is_object);
      if (Peek() != (is_object ? '}' : ']')) {
        if (is_object && !SkipKey()) return false;
        continue;
      }
    } else {
      if (!SkipScalar(&end)) return false;
      if (open.empty()) break;
    }
    // What ends here, then the comma before the next value.
    while (!open.empty() && !Take(',')) {
      end = offset() + 1;
      if (!Take(open.in_object() ? '}' : ']')) return false;
      open.Close();
    }
    if (!open.empty() && open.in_object() && !SkipKey()) return false;
  } while (!open.empty());
  *value = Text(begin, end);
  return true;
}

}  // namespace portico::codec
