#include "gateway/mcp/argument_check.h"

#include <cmath>
#include <cstdint>
#include <optional>
#include <set>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/capability/suggestion.h"

namespace portico::mcp {
namespace {

using Kind = JsonValue::Kind;
using Type = InputSchema::Type;

// More would bury the first.
constexpr std::size_t kMaxProblems = 20;
constexpr std::size_t kMaxName = 64;  // of an unknown argument, in a message
// Doubles of this size and more need not be integers that were meant.
constexpr double kMaxExact = 9007199254740992;  // 2^53

// A number that is spelled with a fraction or an exponent, as the integer that it is.
bool ToInteger(std::string* number) {
  if (number->find_first_of(".eE") == std::string::npos) return true;
  double value = 0;
  if (!absl::SimpleAtod(*number, &value) || value != std::trunc(value)) return false;
  if (std::abs(value) >= kMaxExact) return false;
  *number = absl::StrCat(static_cast<std::int64_t>(value));
  return true;
}

Kind KindOf(Type type) {
  switch (type) {
    case Type::kBoolean:
      return Kind::kBoolean;
    case Type::kInteger:
    case Type::kNumber:
      return Kind::kNumber;
    case Type::kArray:
      return Kind::kArray;
    case Type::kObject:
      return Kind::kObject;
    case Type::kString:
    case Type::kAny:
      break;
  }
  return Kind::kString;
}

class Check {
 public:
  void Value(const InputSchema& schema, const std::string& path, JsonValue* value) {
    if (schema.type == Type::kAny || (schema.nullable && value->kind == Kind::kNull)) return;
    Coerce(schema, value);
    if (value->kind != KindOf(schema.type) ||
        (schema.type == Type::kInteger && !ToInteger(&value->text))) {
      Problem(path, absl::StrCat("expected ", Expected(schema), ", got ", Described(*value)));
    } else if (schema.not_negative && value->text[0] == '-') {
      Problem(path, absl::StrCat("must be 0 or more, got ", value->text));
    } else if (schema.type == Type::kArray) {
      Array(schema, path, value);
    } else if (schema.type == Type::kObject) {
      Object(schema, path, value);
    }
  }

  std::vector<std::string> Take() && { return std::move(problems_); }

 private:
  static void Coerce(const InputSchema& schema, JsonValue* value) {
    const Kind wanted = KindOf(schema.type);
    if (value->kind == Kind::kString && wanted != Kind::kString) {
      std::optional<JsonValue> meant = ParseJson(value->text);
      if (meant.has_value() && meant->kind == wanted) *value = *std::move(meant);
    }
    const bool one =
        value->kind != Kind::kArray && value->kind != Kind::kObject && value->kind != Kind::kNull;
    if (schema.takes_one && one) {
      JsonValue list{Kind::kArray, "", {}, {}};
      list.elements.push_back(std::move(*value));
      *value = std::move(list);
    }
  }

  void Array(const InputSchema& schema, const std::string& path, JsonValue* value) {
    if (schema.element == nullptr) return;
    for (std::size_t i = 0; i < value->elements.size(); ++i) {
      Value(*schema.element, absl::StrCat(path, "[", i, "]"), &value->elements[i]);
    }
  }

  void Object(const InputSchema& schema, const std::string& path, JsonValue* value) {
    if (schema.members.empty() && schema.element == nullptr && !schema.closed) return;
    DropNulls(schema, value);
    const auto at = [&](absl::string_view name) {
      return absl::StrCat(path, path.empty() ? "" : ".", name);
    };
    std::set<absl::string_view> seen;
    for (std::size_t i = 0; i < value->names.size(); ++i) {
      const std::string& name = value->names[i];
      const InputMember* member = schema.Find(name);
      if (!seen.insert(name).second) {
        Problem(at(name), "is given twice");
      } else if (member != nullptr) {
        Value(member->schema, at(name), &value->elements[i]);
      } else if (schema.closed) {
        Unknown(schema, at(name.substr(0, kMaxName)), name);
      } else if (schema.element != nullptr) {
        Value(*schema.element, at(name), &value->elements[i]);
      }
    }
    for (const InputMember& member : schema.members) {
      if (!member.required || seen.count(member.name) > 0) continue;
      const bool any = member.schema.type == Type::kAny;
      Problem(at(member.name),
              absl::StrCat("is required: expected ", any ? "a value" : Expected(member.schema),
                           ", got nothing"));
    }
  }

  // Models send null for what they do not want to give.
  static void DropNulls(const InputSchema& schema, JsonValue* value) {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < value->names.size(); ++i) {
      if (value->elements[i].kind == Kind::kNull && MeansNothing(schema.Find(value->names[i]))) {
        continue;
      }
      if (kept != i) {
        value->names[kept] = std::move(value->names[i]);
        value->elements[kept] = std::move(value->elements[i]);
      }
      ++kept;
    }
    value->names.resize(kept);
    value->elements.resize(kept);
  }

  static bool MeansNothing(const InputMember* member) {
    return member != nullptr && !member->required && !member->schema.nullable &&
           member->schema.type != Type::kAny;
  }

  void Unknown(const InputSchema& schema, const std::string& path, const std::string& name) {
    std::vector<std::string> names;
    for (const InputMember& member : schema.members) names.push_back(member.name);
    Problem(path, names.empty()
                      ? "is unknown: the tool takes no arguments"
                      : absl::StrCat("is unknown", capability::DidYouMean(name, names),
                                     " (the tool takes ", absl::StrJoin(names, ", "), ")"));
  }

  void Problem(absl::string_view path, absl::string_view what) {
    if (problems_.size() >= kMaxProblems) return;
    problems_.push_back(absl::StrCat(path.empty() ? "arguments" : path, ": ", what));
  }

  std::vector<std::string> problems_;
};

}  // namespace

std::vector<std::string> CheckArgument(const InputSchema& schema, JsonValue* value) {
  Check check;
  check.Value(schema, "", value);
  return std::move(check).Take();
}

}  // namespace portico::mcp
