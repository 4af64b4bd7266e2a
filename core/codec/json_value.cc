#include "core/codec/json_value.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "core/codec/json_string.h"
#include "core/codec/json_syntax.h"
#include "core/codec/json_writer.h"

namespace portico::codec {
namespace {

using Kind = JsonValue::Kind;

constexpr std::size_t kMaxDepth = 100;

// Builds the tree of a text whose syntax has been checked.
class Reader {
 public:
  Reader(absl::string_view text, std::size_t max_values) : text_(text), left_(max_values) {}

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
    if (left_-- == 0) return false;
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
    if (Unescape(raw, text->data(), &size) != Unescaped::kDone) return false;
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
  std::size_t left_;
};

void Append(const JsonValue& value, JsonWriter* out) {
  if (value.kind == Kind::kString) {
    if (!out->String(value.text)) out->Raw("\"\"");
  } else if (value.kind != Kind::kArray && value.kind != Kind::kObject) {
    out->Raw(value.text);
  } else {
    const bool object = value.kind == Kind::kObject;
    out->Char(object ? '{' : '[');
    for (std::size_t i = 0; i < value.elements.size(); ++i) {
      if (i > 0) out->Char(',');
      if (object) {
        if (!out->String(value.names[i])) out->Raw("\"\"");
        out->Char(':');
      }
      Append(value.elements[i], out);
    }
    out->Char(object ? '}' : ']');
  }
}

}  // namespace

JsonValue* JsonValue::Find(absl::string_view name) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == name) return &elements[i];
  }
  return nullptr;
}

const JsonValue* JsonValue::Find(absl::string_view name) const {
  return const_cast<JsonValue*>(this)->Find(name);
}

JsonValue JsonValue::String(std::string text) { return {Kind::kString, std::move(text), {}, {}}; }
JsonValue JsonValue::Array() { return {Kind::kArray, "", {}, {}}; }
JsonValue JsonValue::Object() { return {Kind::kObject, "", {}, {}}; }

void JsonValue::Add(std::string name, JsonValue value) {
  names.push_back(std::move(name));
  elements.push_back(std::move(value));
}

std::optional<JsonValue> ParseJson(absl::string_view text, std::size_t max_values) {
  if (FindJsonSyntaxError(text).has_value()) return std::nullopt;
  return Reader(text, max_values).Read();
}

std::string WriteJson(const JsonValue& value) {
  std::string text;
  JsonWriter writer(&text);
  Append(value, &writer);
  writer.Finish();
  return text;
}

}  // namespace portico::codec
