#include "core/invoke/object_query.h"

#include "absl/strings/str_cat.h"
#include "core/codec/json_value.h"

namespace portico::invoke {
namespace {

using codec::JsonValue;
using Kind = JsonValue::Kind;
using Pairs = std::vector<std::pair<std::string, std::string>>;

// codec::ParseJson bounds the depth.
void AppendPairs(const std::string& name, const JsonValue& value, Pairs* pairs) {
  switch (value.kind) {
    case Kind::kObject:
      for (std::size_t i = 0; i < value.elements.size(); ++i) {
        AppendPairs(absl::StrCat(name, "[", value.names[i], "]"), value.elements[i], pairs);
      }
      break;
    case Kind::kArray:
      for (std::size_t i = 0; i < value.elements.size(); ++i) {
        AppendPairs(absl::StrCat(name, "[", i, "]"), value.elements[i], pairs);
      }
      break;
    case Kind::kNull:
      pairs->emplace_back(name, "");
      break;
    default:
      pairs->emplace_back(name, value.text);
  }
}

}  // namespace

std::optional<Pairs> ObjectPairs(absl::string_view name, absl::string_view json) {
  const std::optional<JsonValue> value = codec::ParseJson(json);
  if (!value.has_value() || value->kind != Kind::kObject) return std::nullopt;
  Pairs pairs;
  AppendPairs(std::string(name), *value, &pairs);
  return pairs;
}

}  // namespace portico::invoke
