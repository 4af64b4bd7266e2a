#include "gateway/mcp/json_value.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/str_cat.h"
#include "core/codec/json_string.h"
#include "core/codec/json_syntax.h"
#include "gateway/mcp/json_text.h"

namespace portico::mcp {
namespace {

using Kind = JsonValue::Kind;

constexpr std::size_t kMaxDepth = 100;
constexpr std::size_t kShown = 60;

// Builds the tree of a text whose syntax has been checked.
class Reader {
 public:
  explicit Reader(absl::string_view text) : text_(text) {}

  std::optional<JsonValue> Read() {
    JsonValue value;
    if (!Value(0, &value)) return std::nullopt;
    return value;
  }

 private:
  // Behind white space, commas and colons, which stand where they may.
  char Next() {
    p_ = text_.find_first_not_of(" \n\r\t,:", p_);
    return text_[p_];
  }

  bool Value(std::size_t depth, JsonValue* value) {
    switch (Next()) {
      case '{':
      case '[':
        return depth < kMaxDepth && Container(depth, value);
      case '"':
        value->kind = Kind::kString;
        return String(&value->text);
      default:
        Scalar(value);
        return true;
    }
  }

  bool Container(std::size_t depth, JsonValue* value) {
    value->kind = text_[p_] == '{' ? Kind::kObject : Kind::kArray;
    value->text.clear();
    ++p_;
    while (Next() != '}' && text_[p_] != ']') {
      if (value->kind == Kind::kObject && !String(&value->names.emplace_back())) return false;
      if (!Value(depth + 1, &value->elements.emplace_back())) return false;
    }
    ++p_;
    return true;
  }

  bool String(std::string* text) {
    const std::size_t begin = ++p_;
    while (text_[p_] != '"') p_ += text_[p_] == '\\' ? 2 : 1;
    const absl::string_view raw = text_.substr(begin, p_++ - begin);
    text->resize(raw.size());
    std::size_t size = 0;
    if (codec::Unescape(raw, text->data(), &size) != codec::Unescaped::kDone) return false;
    text->resize(size);
    return true;
  }

  void Scalar(JsonValue* value) {
    const std::size_t end = std::min(text_.find_first_of(" \n\r\t,]}", p_), text_.size());
    value->text = std::string(text_.substr(p_, end - p_));
    const char first = text_[p_];
    value->kind = first == 'n'                   ? Kind::kNull
                  : first == 't' || first == 'f' ? Kind::kBoolean
                                                 : Kind::kNumber;
    p_ = end;
  }

  const absl::string_view text_;
  std::size_t p_ = 0;
};

void Append(const JsonValue& value, std::string* out) {
  if (value.kind == Kind::kString) {
    out->append(QuotedJson(value.text));
  } else if (value.kind != Kind::kArray && value.kind != Kind::kObject) {
    out->append(value.text);
  } else {
    const bool object = value.kind == Kind::kObject;
    out->push_back(object ? '{' : '[');
    for (std::size_t i = 0; i < value.elements.size(); ++i) {
      if (i > 0) out->push_back(',');
      if (object) absl::StrAppend(out, QuotedJson(value.names[i]), ":");
      Append(value.elements[i], out);
    }
    out->push_back(object ? '}' : ']');
  }
}

std::string Shown(absl::string_view text) {
  if (text.size() <= kShown) return std::string(text);
  std::size_t end = kShown;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return absl::StrCat(text.substr(0, end), "…");
}

}  // namespace

JsonValue* JsonValue::Find(absl::string_view name) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == name) return &elements[i];
  }
  return nullptr;
}

std::optional<JsonValue> ParseJson(absl::string_view text) {
  if (codec::FindJsonSyntaxError(text).has_value()) return std::nullopt;
  return Reader(text).Read();
}

std::string WriteJson(const JsonValue& value) {
  std::string text;
  Append(value, &text);
  return text;
}

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
