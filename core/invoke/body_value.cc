#include "core/invoke/body_value.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

namespace portico::invoke {
namespace {

using nlohmann::json;

// Builds the tree as the parser walks the text.
class TreeBuilder : public json::json_sax_t {
 public:
  BodyValue TakeRoot() { return std::move(root_); }
  const std::string& problem() const { return problem_; }

  bool null() override { return Add({}); }
  bool boolean(bool value) override { return Literal(value ? "true" : "false"); }
  bool number_integer(number_integer_t value) override { return Literal(absl::StrCat(value)); }
  bool number_unsigned(number_unsigned_t value) override { return Literal(absl::StrCat(value)); }
  bool number_float(number_float_t, const string_t& digits) override { return Literal(digits); }
  bool string(string_t& value) override {
    BodyValue text;
    text.kind = BodyValue::Kind::kText;
    text.text = std::move(value);
    return Add(std::move(text));
  }
  bool binary(binary_t&) override { return false; }

  bool start_object(std::size_t) override { return Open(BodyValue::Kind::kObject); }
  bool key(string_t& name) override {
    open_.back()->names.push_back(std::move(name));
    return true;
  }
  bool end_object() override { return Close(); }
  bool start_array(std::size_t) override { return Open(BodyValue::Kind::kList); }
  bool end_array() override { return Close(); }

  bool parse_error(std::size_t at, const std::string&,
                   const nlohmann::detail::exception&) override {
    problem_ = absl::StrCat("is not valid JSON at byte ", at);
    return false;
  }

 private:
  bool Literal(std::string text) {
    BodyValue literal;
    literal.kind = BodyValue::Kind::kLiteral;
    literal.text = std::move(text);
    return Add(std::move(literal));
  }

  bool Open(BodyValue::Kind kind) {
    if (open_.size() >= kMaxBodyDepth) {
      problem_ = absl::StrCat("is nested deeper than ", kMaxBodyDepth, " levels");
      return false;
    }
    BodyValue collection;
    collection.kind = kind;
    if (!Add(std::move(collection))) return false;
    // A parent's elements do not move while a child is open: only the innermost grows.
    open_.push_back(open_.empty() ? &root_ : &open_.back()->elements.back());
    return true;
  }

  bool Close() {
    open_.pop_back();
    return true;
  }

  bool Add(BodyValue value) {
    if (++count_ > kMaxBodyValues) {
      problem_ = absl::StrCat("holds more than ", kMaxBodyValues, " values");
      return false;
    }
    if (open_.empty()) {
      root_ = std::move(value);
    } else {
      open_.back()->elements.push_back(std::move(value));
    }
    return true;
  }

  BodyValue root_;
  std::size_t count_ = 0;
  std::vector<BodyValue*> open_;
  std::string problem_;
};

// The parser has seen that it is UTF-8.
std::string Quoted(const std::string& text) { return json(text).dump(); }

}  // namespace

const BodyValue* BodyValue::Find(absl::string_view name) const {
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == name) return &elements[i];
  }
  return nullptr;
}

std::string BodyValue::ToJson() const {
  switch (kind) {
    case Kind::kNull:
      return "null";
    case Kind::kText:
      return Quoted(text);
    case Kind::kLiteral:
      return text;
    case Kind::kList:
    case Kind::kObject:
      break;
  }
  const bool object = kind == Kind::kObject;
  std::string out = object ? "{" : "[";
  for (std::size_t i = 0; i < elements.size(); ++i) {
    absl::StrAppend(&out, i == 0 ? "" : ",", object ? Quoted(names[i]) : "", object ? ":" : "",
                    elements[i].ToJson());
  }
  return out + (object ? "}" : "]");
}

absl::StatusOr<BodyValue> ParseBodyValue(absl::string_view text) {
  TreeBuilder builder;
  if (json::sax_parse(text.begin(), text.end(), &builder)) return builder.TakeRoot();
  return absl::InvalidArgumentError(builder.problem());
}

absl::Status EncodedTooLarge() {
  return absl::InvalidArgumentError(
      absl::StrCat("is larger than ", kMaxEncodedBytes >> 20, " MiB in the form that is sent"));
}

absl::Status NotAnObject(absl::string_view form) {
  return absl::InvalidArgumentError(
      absl::StrCat("must be a JSON object: its members are sent as ", form));
}

absl::StatusOr<std::string> Base64Bytes(const BodyValue& base64, absl::string_view where) {
  std::string bytes;
  if (base64.kind != BodyValue::Kind::kText || !absl::Base64Unescape(base64.text, &bytes)) {
    return absl::InvalidArgumentError(absl::StrCat(where, "\"base64\" must be a text in base64"));
  }
  return bytes;
}

}  // namespace portico::invoke
