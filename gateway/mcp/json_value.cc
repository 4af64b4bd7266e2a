#include "gateway/mcp/json_value.h"

#include <cstddef>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "gateway/mcp/json_text.h"

namespace portico::mcp {
namespace {

using Kind = JsonValue::Kind;

constexpr std::size_t kShown = 60;

std::string Shown(absl::string_view text) {
  if (text.size() <= kShown) return std::string(text);
  std::size_t end = kShown;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return absl::StrCat(text.substr(0, end), "…");
}

}  // namespace

std::string Described(const JsonValue& value) {
  switch (value.kind) {
    case Kind::kNull:
      return "null";
    case Kind::kBoolean:
      return value.text;
    case Kind::kNumber:
      return absl::StrCat("the number ", Shown(value.text));
    case Kind::kString:
      return absl::StrCat("the string ", QuotedJson(Shown(value.text)));
    case Kind::kArray:
      return "an array";
    case Kind::kObject:
      return "an object";
  }
  return "";
}

}  // namespace portico::mcp
