#include "core/invoke/object_query.h"

#include "absl/strings/str_cat.h"
#include "core/codec/json_value.h"

namespace portico::invoke {
namespace {

using codec::JsonValue;
using Kind = JsonValue::Kind;
using Pairs = std::vector<std::pair<std::string, std::string>>;

// False when it would take more than `left` bytes. codec::ParseJson bounds the depth.
bool AppendPairs(const std::string& name, const JsonValue& value, std::size_t* left, Pairs* pairs) {
  const std::size_t bytes = name.size() + value.text.size();
  if (bytes > *left) return false;
  *left -= bytes;
  switch (value.kind) {
    case Kind::kObject:
      for (std::size_t i = 0; i < value.elements.size(); ++i) {
        const std::string member = absl::StrCat(name, "[", value.names[i], "]");
        if (!AppendPairs(member, value.elements[i], left, pairs)) return false;
      }
      break;
    case Kind::kArray:
      for (std::size_t i = 0; i < value.elements.size(); ++i) {
        const std::string element = absl::StrCat(name, "[", i, "]");
        if (!AppendPairs(element, value.elements[i], left, pairs)) return false;
      }
      break;
    case Kind::kNull:
      pairs->emplace_back(name, "");
      break;
    default:
      pairs->emplace_back(name, value.text);
  }
  return true;
}

}  // namespace

std::optional<Pairs> ObjectPairs(absl::string_view name, absl::string_view json) {
  const std::optional<JsonValue> value = codec::ParseJson(json, kMaxObjectQueryBytes);
  if (!value.has_value() || value->kind != Kind::kObject) return std::nullopt;
  Pairs pairs;
  std::size_t left = kMaxObjectQueryBytes;
  if (!AppendPairs(std::string(name), *value, &left, &pairs)) return std::nullopt;
  return pairs;
}

}  // namespace portico::invoke
