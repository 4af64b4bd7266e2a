#include "gateway/mcp/input_schema.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "absl/strings/str_cat.h"

namespace portico::mcp {
namespace {

using Json = nlohmann::ordered_json;
using Type = InputSchema::Type;

const char* NameOf(Type type) {
  switch (type) {
    case Type::kString:
      return "string";
    case Type::kInteger:
      return "integer";
    case Type::kNumber:
      return "number";
    case Type::kBoolean:
      return "boolean";
    case Type::kArray:
      return "array";
    case Type::kObject:
      return "object";
    case Type::kAny:
      break;
  }
  return "";
}

Json Written(const InputSchema& schema);

// Any value, said with types: linters and providers take a schema that says nothing for
// a mistake. Null and lists of lists pass the check, but are not worth their words.
Json AnyOf(bool with_list) {
  Json options = Json::array();
  options.push_back({{"type", "object"}, {"additionalProperties", true}});
  if (with_list) options.push_back({{"type", "array"}, {"items", AnyOf(false)}});
  for (const char* scalar : {"string", "number", "boolean"}) options.push_back({{"type", scalar}});
  return {{"anyOf", std::move(options)}};
}

void WriteObject(const InputSchema& schema, Json* written) {
  Json required = Json::array();
  Json properties = Json::object();
  for (const InputMember& member : schema.members) {
    properties[member.name] = Written(member.schema);
    if (member.required) required.push_back(member.name);
  }
  // `required` even when empty: some clients refuse a closed object without it.
  if (schema.closed || !schema.members.empty()) {
    (*written)["properties"] = std::move(properties);
    (*written)["required"] = std::move(required);
  }
  // Said even when it is the default: a bare object is closed by some clients.
  Json others = !schema.closed;
  if (schema.element != nullptr) others = Written(*schema.element);
  (*written)["additionalProperties"] = std::move(others);
}

Json Written(const InputSchema& schema) {
  Json written = Json::object();
  if (schema.type != Type::kAny) written["type"] = NameOf(schema.type);
  if (!schema.description.empty()) written["description"] = schema.description;
  if (schema.type == Type::kAny) written.update(AnyOf(true));
  if (schema.not_negative) written["minimum"] = 0;
  if (schema.type == Type::kArray) {
    written["items"] = schema.element != nullptr ? Written(*schema.element) : AnyOf(false);
  } else if (schema.type == Type::kObject) {
    WriteObject(schema, &written);
  }
  return written;
}

}  // namespace

const InputMember* InputSchema::Find(absl::string_view name) const {
  for (const InputMember& member : members) {
    if (member.name == name) return &member;
  }
  return nullptr;
}

std::string Expected(const InputSchema& schema) {
  if (schema.type == Type::kArray && schema.element != nullptr &&
      schema.element->type != Type::kAny) {
    return absl::StrCat("an array of ", NameOf(schema.element->type), "s");
  }
  const bool vowel =
      schema.type == Type::kInteger || schema.type == Type::kArray || schema.type == Type::kObject;
  return absl::StrCat(vowel ? "an " : "a ", NameOf(schema.type));
}

std::string WriteSchema(const InputSchema& schema) {
  return Written(schema).dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace portico::mcp
