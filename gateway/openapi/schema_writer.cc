#include "gateway/openapi/schema_writer.h"

#include <google/protobuf/descriptor.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "gateway/openapi/proto_comments.h"
#include "portico/v1/annotations.pb.h"

namespace portico::openapi {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

constexpr char kRemainder[] = "unmodeled_json";

Json RefTo(const std::string& name) {
  return {{"$ref", absl::StrCat("#/components/schemas/", name)}};
}

// google.protobuf's messages that stand for any JSON of a kind; null for others.
const Json* OpenSchema(const Descriptor& message) {
  static const auto* const kSchemas = new std::map<std::string, Json>{
      {"google.protobuf.Struct", {{"type", "object"}, {"additionalProperties", true}}},
      {"google.protobuf.Value", Json::object()},
      {"google.protobuf.ListValue", {{"type", "array"}, {"items", Json::object()}}},
  };
  const auto found = kSchemas->find(message.full_name());
  return found == kSchemas->end() ? nullptr : &found->second;
}

Json Scalar(const FieldDescriptor& field) {
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return {{"type", "integer"}, {"format", "int32"}};
    case FieldDescriptor::CPPTYPE_INT64:
      return {{"type", "integer"}, {"format", "int64"}};
    case FieldDescriptor::CPPTYPE_UINT32:
    case FieldDescriptor::CPPTYPE_UINT64:
      return {{"type", "integer"}, {"minimum", 0}};
    case FieldDescriptor::CPPTYPE_DOUBLE:
    case FieldDescriptor::CPPTYPE_FLOAT:
      return {{"type", "number"}};
    case FieldDescriptor::CPPTYPE_BOOL:
      return {{"type", "boolean"}};
    default:
      return {{"type", "string"}};
  }
}

const v1::MemberRules& RulesOf(const FieldDescriptor& field) {
  return field.options().GetExtension(v1::member);
}

}  // namespace

bool IsRequired(const FieldDescriptor& field) { return RulesOf(field).required(); }

Json SchemaWriter::Ref(const Descriptor& message) {
  return Ref(message, [](const FieldDescriptor&) { return true; });
}

Json SchemaWriter::Ref(const Descriptor& message, const Keeps& keeps) {
  const std::string& name = message.full_name();
  // The name is taken first: a message may hold itself.
  if (components_.emplace(name, Json()).second) components_[name] = Object(message, keeps);
  return RefTo(name);
}

Json SchemaWriter::Add(const std::string& name, Json schema) {
  components_[name] = std::move(schema);
  return RefTo(name);
}

Json SchemaWriter::Object(const Descriptor& message, const Keeps& keeps) {
  Json schema = {{"type", "object"}};
  const std::string comment = CommentOn(message.full_name());
  if (!comment.empty()) schema["description"] = comment;
  Json required = Json::array();
  Json members = Json::object();
  for (int i = 0; i < message.field_count(); ++i) {
    const FieldDescriptor& field = *message.field(i);
    if (field.name() == kRemainder || !keeps(field)) continue;
    members[field.json_name()] = Member(field);
    if (IsRequired(field)) required.push_back(field.json_name());
  }
  if (!required.empty()) schema["required"] = std::move(required);
  schema["properties"] = std::move(members);
  return schema;
}

Json SchemaWriter::Member(const FieldDescriptor& field) {
  Json schema = Value(field);
  if (RulesOf(field).nullable() && schema.contains("type")) {
    schema["type"] = {schema["type"], "null"};
  }
  const std::string comment = CommentOn(field.full_name());
  if (!comment.empty()) schema["description"] = comment;
  return schema;
}

Json SchemaWriter::Value(const FieldDescriptor& field) {
  if (field.is_map()) {
    return {{"type", "object"},
            {"additionalProperties", Single(*field.message_type()->map_value())}};
  }
  if (field.is_repeated()) return {{"type", "array"}, {"items", Single(field)}};
  return Single(field);
}

Json SchemaWriter::Single(const FieldDescriptor& field) {
  if (field.cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) return Scalar(field);
  const Json* open = OpenSchema(*field.message_type());
  return open != nullptr ? *open : Ref(*field.message_type());
}

}  // namespace portico::openapi
