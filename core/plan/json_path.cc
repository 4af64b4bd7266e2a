#include "core/plan/json_path.h"

#include <algorithm>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace portico::plan {

using codec::JsonValue;

class JsonPathParser {
 public:
  explicit JsonPathParser(absl::string_view text) : text_(text) {}

  absl::StatusOr<JsonPath> Parse() {
    if (text_.size() > JsonPath::kMaxBytes) return Problem("is longer than 1024 bytes");
    if (text_.empty() || text_[0] != '$') {
      return Problem("is no JSONPath: it begins with \"$.\", as in \"$.name\"");
    }
    if (text_ == "$.") return std::move(path_);
    for (p_ = 1; p_ < text_.size();) {
      const absl::Status read = text_[p_] == '.'   ? Dot()
                                : text_[p_] == '[' ? Bracket()
                                                   : Problem("has no \".\" or \"[\" there");
      if (!read.ok()) return read;
    }
    return std::move(path_);
  }

 private:
  using Kind = JsonPath::Part::Kind;

  absl::Status Problem(absl::string_view what) const {
    return absl::InvalidArgumentError(absl::StrCat(what, " (column ", p_ + 1, ")"));
  }

  void Add(Kind kind, absl::string_view name = "", std::int64_t index = 0) {
    path_.parts_.push_back({kind, std::string(name), index});
    path_.many_ = path_.many_ || kind == Kind::kEach || kind == Kind::kDescendants;
  }

  absl::Status Dot() {
    ++p_;
    if (p_ < text_.size() && text_[p_] == '.') {
      if (std::exchange(descended_, true)) return Problem("holds \"..\" a second time");
      Add(Kind::kDescendants);
      ++p_;
      if (p_ < text_.size() && text_[p_] == '[') return Bracket();
    }
    const std::size_t end = std::min(text_.find_first_of(".[", p_), text_.size());
    const absl::string_view name = text_.substr(p_, end - p_);
    if (name.empty()) return Problem("has no name behind the \".\"");
    name == "*" ? Add(Kind::kEach) : Add(Kind::kMember, name);
    p_ = end;
    return absl::OkStatus();
  }

  absl::Status Bracket() {
    const std::size_t begin = p_ + 1;
    if (begin < text_.size() && (text_[begin] == '\'' || text_[begin] == '"')) return Quoted();
    const std::size_t end = text_.find(']', begin);
    if (end == absl::string_view::npos) return Problem("has no \"]\" for this \"[\"");
    const absl::string_view inside = text_.substr(begin, end - begin);
    std::int64_t index = 0;
    if (inside == "*") {
      Add(Kind::kEach);
    } else if (absl::SimpleAtoi(inside, &index)) {
      Add(Kind::kElement, "", index);
    } else {
      return Problem(
          "may hold ['name'], [0], [-1] and [*]; filters, slices and lists are not read");
    }
    p_ = end + 1;
    return absl::OkStatus();
  }

  // ['name'] with \' and \\ escaped.
  absl::Status Quoted() {
    const char quote = text_[p_ + 1];
    std::string name;
    std::size_t at = p_ + 2;
    for (; at < text_.size() && text_[at] != quote; ++at) {
      if (text_[at] == '\\' && at + 1 < text_.size()) ++at;
      name.push_back(text_[at]);
    }
    if (at + 1 >= text_.size() || text_[at + 1] != ']') {
      return Problem("has no end of the quoted name");
    }
    Add(Kind::kMember, name);
    p_ = at + 2;
    return absl::OkStatus();
  }

  const absl::string_view text_;
  std::size_t p_ = 0;
  bool descended_ = false;
  JsonPath path_;
};

absl::StatusOr<JsonPath> JsonPath::Parse(absl::string_view text) {
  return JsonPathParser(text).Parse();
}

JsonPath JsonPath::OfMember(std::string name) {
  JsonPath path;
  path.parts_.push_back({Part::Kind::kMember, std::move(name)});
  return path;
}

std::optional<std::string> JsonPath::Head() const {
  if (parts_.empty() || parts_[0].kind != Part::Kind::kMember) return std::nullopt;
  return parts_[0].name;
}

JsonPath JsonPath::Tail() const {
  JsonPath tail = *this;
  tail.parts_.erase(tail.parts_.begin());
  return tail;
}

void JsonPath::Follow(const Part& part, const JsonValue& value, Found* found) {
  switch (part.kind) {
    case Part::Kind::kMember:
      if (const JsonValue* member = value.Find(part.name)) found->push_back(member);
      break;
    case Part::Kind::kElement: {
      if (value.kind != JsonValue::Kind::kArray) break;
      const auto size = static_cast<std::int64_t>(value.elements.size());
      const std::int64_t index = part.index < 0 ? size + part.index : part.index;
      if (index >= 0 && index < size) found->push_back(&value.elements[index]);
      break;
    }
    case Part::Kind::kEach:
      for (const JsonValue& element : value.elements) found->push_back(&element);
      break;
    case Part::Kind::kDescendants:  // as deep as a parsed value may be: 100
      found->push_back(&value);
      for (const JsonValue& element : value.elements) Follow(part, element, found);
      break;
  }
}

std::optional<JsonValue> JsonPath::Find(const JsonValue& root,
                                        codec::JsonAllowance* allowance) const {
  Found found = {&root};
  for (const Part& part : parts_) {
    Found next;
    for (const JsonValue* value : found) Follow(part, *value, &next);
    found = std::move(next);
  }
  for (const JsonValue* value : found) {
    if (allowance != nullptr && !allowance->Take(*value)) return std::nullopt;
  }
  if (!many_) {
    if (found.empty()) return std::nullopt;
    return *found.front();
  }
  JsonValue all = JsonValue::Array();
  for (const JsonValue* value : found) all.elements.push_back(*value);
  return all;
}

}  // namespace portico::plan
