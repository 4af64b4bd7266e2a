#include "gateway/mcp/message_schema.h"

#include <google/protobuf/descriptor.h>

#include <memory>
#include <utility>

#include "absl/strings/match.h"
#include "gateway/mcp/description.h"
#include "gateway/openapi/proto_comments.h"
#include "gateway/openapi/schema_writer.h"

namespace portico::mcp {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using Type = InputSchema::Type;

constexpr char kRemainder[] = "unmodeled_json";  // exists in gRPC alone
// How the comments mark fields that a request has no use for.
constexpr char kAnswersOnly[] = "In answers only";

std::shared_ptr<const InputSchema> Shared(InputSchema schema) {
  return std::make_shared<const InputSchema>(std::move(schema));
}

InputSchema AnyMessage(const Descriptor& message, int levels) {
  InputSchema schema;
  if (message.full_name() == "google.protobuf.Value") return schema;
  if (message.full_name() == "google.protobuf.ListValue") {
    schema.type = Type::kArray;
    return schema;
  }
  if (message.full_name() != "google.protobuf.Struct") return MessageSchema(message, {}, levels);
  schema.type = Type::kObject;
  return schema;
}

InputSchema Single(const FieldDescriptor& field, int levels) {
  InputSchema schema;
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return AnyMessage(*field.message_type(), levels);
    case FieldDescriptor::CPPTYPE_UINT32:
    case FieldDescriptor::CPPTYPE_UINT64:
      schema.not_negative = true;
      [[fallthrough]];
    case FieldDescriptor::CPPTYPE_INT32:
    case FieldDescriptor::CPPTYPE_INT64:
      schema.type = Type::kInteger;
      return schema;
    case FieldDescriptor::CPPTYPE_DOUBLE:
    case FieldDescriptor::CPPTYPE_FLOAT:
      schema.type = Type::kNumber;
      return schema;
    case FieldDescriptor::CPPTYPE_BOOL:
      schema.type = Type::kBoolean;
      return schema;
    default:
      schema.type = Type::kString;
      return schema;
  }
}

}  // namespace

InputSchema FieldSchema(const FieldDescriptor& field, int levels) {
  InputSchema schema;
  if (field.is_map()) {
    schema.type = Type::kObject;
    schema.element = Shared(Single(*field.message_type()->map_value(), levels - 1));
  } else if (field.is_repeated()) {
    schema.type = Type::kArray;
    schema.element = Shared(Single(field, levels));
  } else {
    schema = Single(field, levels);
  }
  schema.description = Description(openapi::CommentOn(field.full_name()));
  return schema;
}

InputSchema MessageSchema(const Descriptor& message,
                          const std::set<const FieldDescriptor*>& elsewhere, int levels) {
  InputSchema schema;
  schema.type = Type::kObject;
  for (int i = 0; levels > 0 && i < message.field_count(); ++i) {
    const FieldDescriptor& field = *message.field(i);
    if (field.name() == kRemainder || elsewhere.count(&field) > 0) continue;
    if (absl::StrContains(openapi::CommentOn(field.full_name()), kAnswersOnly)) continue;
    InputMember member;
    member.name = field.json_name();
    member.required = openapi::IsRequired(field);
    member.schema = FieldSchema(field, levels - 1);
    schema.members.push_back(std::move(member));
  }
  return schema;
}

}  // namespace portico::mcp
