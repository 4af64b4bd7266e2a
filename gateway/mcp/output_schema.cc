#include "gateway/mcp/output_schema.h"

#include "absl/strings/str_cat.h"
#include "gateway/mcp/description.h"
#include "gateway/mcp/json_text.h"

namespace portico::mcp {
namespace {

using plan::Output;
using Type = Output::Type;

// Deeper parts are any JSON.
constexpr int kMaxLevels = 5;

const char* Word(Type type) {
  switch (type) {
    case Type::kString:
      return "A text.";
    case Type::kNumber:
      return "A number.";
    case Type::kInteger:
      return "A whole number.";
    case Type::kBoolean:
      return "True or false.";
    case Type::kArray:
      return "A list.";
    case Type::kObject:
      return "An object.";
    case Type::kAny:
      break;
  }
  return "";
}

std::string Properties(const Output& output, int levels);

// Without `type`: it says what is there, and forbids nothing.
std::string Described(const Output& output, int levels) {
  std::string description = Description(output.description);
  const char* const word = Word(output.type);
  absl::StrAppend(&description, description.empty() || *word == '\0' ? "" : " ", word);
  std::string members;
  if (!description.empty()) members = absl::StrCat("\"description\":", QuotedJson(description));
  const auto add = [&](absl::string_view name, const std::string& schema) {
    absl::StrAppend(&members, members.empty() ? "" : ",", "\"", name, "\":", schema);
  };
  if (levels > 0 && !output.properties.empty()) add("properties", Properties(output, levels - 1));
  if (levels > 0 && !output.items.empty()) add("items", Described(output.items[0], levels - 1));
  return absl::StrCat("{", members, "}");
}

std::string Properties(const Output& output, int levels) {
  std::string members;
  for (const Output& property : output.properties) {
    absl::StrAppend(&members, members.empty() ? "" : ",", QuotedJson(property.name), ":",
                    Described(property, levels));
  }
  return absl::StrCat("{", members, "}");
}

}  // namespace

std::string OutputSchemaOf(const plan::Operation& operation) {
  std::string properties;
  if (operation.output.has_value()) {
    const Output& output = *operation.output;
    const bool object = output.type == Type::kObject && !output.properties.empty();
    properties =
        absl::StrCat(",\"properties\":",
                     object ? Properties(output, kMaxLevels - 1)
                            : absl::StrCat("{\"result\":", Described(output, kMaxLevels - 1), "}"));
  }
  return absl::StrCat("{\"type\":\"object\"", properties, ",\"additionalProperties\":true}");
}

}  // namespace portico::mcp
