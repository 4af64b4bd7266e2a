#include "gateway/mcp/input_schema_builder.h"

#include <google/protobuf/descriptor.h>

#include <memory>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gateway/mcp/description.h"
#include "gateway/openapi/proto_comments.h"
#include "gateway/openapi/schema_writer.h"

namespace portico::mcp {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using Type = InputSchema::Type;

constexpr char kBody[] = "body";
constexpr char kRemainder[] = "unmodeled_json";  // exists in gRPC alone
// How the comments mark fields that a request has no use for.
constexpr char kAnswersOnly[] = "In answers only";
// OpenAI's strict mode; others take more.
constexpr int kMaxLevels = 5;
constexpr std::size_t kMaxName = 64;  // Claude's limit for a property's name

Type TypeOf(plan::ValueType type) {
  switch (type) {
    case plan::ValueType::kInteger:
      return Type::kInteger;
    case plan::ValueType::kNumber:
      return Type::kNumber;
    case plan::ValueType::kBoolean:
      return Type::kBoolean;
    case plan::ValueType::kArray:
      return Type::kArray;
    case plan::ValueType::kObject:
      return Type::kObject;
    case plan::ValueType::kString:
      break;
  }
  return Type::kString;
}

std::shared_ptr<const InputSchema> Strings() {
  InputSchema schema;
  schema.type = Type::kString;
  return std::make_shared<const InputSchema>(std::move(schema));
}

// Schemas of Protobuf messages as JSON. `levels`: how many levels of objects there
// may be, a message's own included.
class MessageSchemas {
 public:
  static InputSchema Field(const FieldDescriptor& field, int levels) {
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

  // The members of `message` but for those in `elsewhere`.
  static InputSchema Object(const Descriptor& message,
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
      member.schema = Field(field, levels - 1);
      schema.members.push_back(std::move(member));
    }
    return schema;
  }

 private:
  static std::shared_ptr<const InputSchema> Shared(InputSchema schema) {
    return std::make_shared<const InputSchema>(std::move(schema));
  }

  static InputSchema Single(const FieldDescriptor& field, int levels) {
    InputSchema schema;
    switch (field.cpp_type()) {
      case FieldDescriptor::CPPTYPE_MESSAGE:
        return Message(*field.message_type(), levels);
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

  static InputSchema Message(const Descriptor& message, int levels) {
    InputSchema schema;
    if (message.full_name() == "google.protobuf.Value") return schema;
    if (message.full_name() == "google.protobuf.ListValue") {
      schema.type = Type::kArray;
      return schema;
    }
    if (message.full_name() != "google.protobuf.Struct") return Object(message, {}, levels);
    schema.type = Type::kObject;
    return schema;
  }
};

class Builder {
 public:
  Builder(const plan::Tool& tool, const plan::Method* method)
      : tool_(tool), operation_(*tool.operation), method_(method) {
    schema_.type = Type::kObject;
    schema_.closed = true;
  }

  InputSchema Build() && {
    for (const plan::Binding& binding : tool_.bindings) {
      if (binding.caller_name.empty()) continue;
      if (binding.parameter == kBody) {
        Add(binding.caller_name, Body(), operation_.body == plan::BodyUse::kRequired);
        continue;
      }
      for (std::size_t i = 0; i < operation_.parameters.size(); ++i) {
        const plan::Parameter& parameter = operation_.parameters[i];
        if (parameter.name != binding.parameter) continue;
        Add(binding.caller_name, Parameter(i), IsRequired(i));
      }
    }
    return std::move(schema_);
  }

 private:
  // One argument may feed several inputs: it looks like the first.
  void Add(const std::string& caller_name, InputSchema schema, bool required) {
    for (InputMember& member : schema_.members) {
      if (member.source != caller_name) continue;
      member.required = member.required || required;
      return;
    }
    schema_.members.push_back({Name(caller_name), caller_name, required, std::move(schema)});
  }

  // The caller's name as providers take it.
  std::string Name(const std::string& caller_name) const {
    std::string name = caller_name.substr(0, kMaxName - 4);
    for (char& c : name) {
      if (!absl::ascii_isalnum(c) && c != '_' && c != '.' && c != '-') c = '_';
    }
    std::string unique = name;
    for (int n = 2; schema_.Find(unique) != nullptr; ++n) unique = absl::StrCat(name, "_", n);
    return unique;
  }

  const FieldDescriptor* FieldOf(std::size_t parameter) const {
    if (method_ == nullptr) return nullptr;
    for (const plan::FieldBinding& binding : method_->fields) {
      if (binding.parameter == parameter) return binding.field;
    }
    return nullptr;
  }

  bool IsRequired(std::size_t index) const {
    const plan::Parameter& parameter = operation_.parameters[index];
    const FieldDescriptor* field = FieldOf(index);
    return parameter.required || parameter.location == plan::ParameterLocation::kPath ||
           (field != nullptr && openapi::IsRequired(*field));
  }

  InputSchema Parameter(std::size_t index) const {
    const plan::Parameter& parameter = operation_.parameters[index];
    InputSchema schema;
    schema.type = TypeOf(parameter.type);
    if (const FieldDescriptor* field = FieldOf(index); field != nullptr) {
      schema = MessageSchemas::Field(*field, kMaxLevels - 1);
    }
    if (schema.type == Type::kArray) {
      if (schema.element == nullptr) schema.element = Strings();
      schema.takes_one = true;
    }
    if (schema.description.empty()) schema.description = Description(parameter.description);
    if (schema.description.empty() && parameter.location == plan::ParameterLocation::kPath) {
      schema.description = absl::StrCat("Part of the path ", operation_.path.text(), ".");
    }
    return schema;
  }

  InputSchema Body() const {
    InputSchema schema;
    schema.type = Type::kObject;
    if (method_ != nullptr && method_->rest_is_body) {
      std::set<const FieldDescriptor*> elsewhere;
      for (const plan::FieldBinding& binding : method_->fields) elsewhere.insert(binding.field);
      const Descriptor& message = *method_->descriptor->input_type();
      schema = MessageSchemas::Object(message, elsewhere, kMaxLevels - 1);
      schema.description = Description(openapi::CommentOn(message.full_name()));
    }
    if (schema.description.empty())
      schema.description = "The body of the request: any JSON object.";
    return schema;
  }

  const plan::Tool& tool_;
  const plan::Operation& operation_;
  const plan::Method* method_;
  InputSchema schema_;
};

}  // namespace

InputSchema BuildInputSchema(const plan::Tool& tool, const plan::Method* method) {
  return Builder(tool, method).Build();
}

}  // namespace portico::mcp
