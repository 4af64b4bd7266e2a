#include "gateway/mcp/input_schema_builder.h"

#include <google/protobuf/descriptor.h>

#include <memory>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "gateway/mcp/description.h"
#include "gateway/mcp/message_schema.h"
#include "gateway/openapi/proto_comments.h"
#include "gateway/openapi/schema_writer.h"

namespace portico::mcp {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using Type = InputSchema::Type;

constexpr char kBody[] = "body";
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
      schema = FieldSchema(*field, kMaxLevels - 1);
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
    schema.type = TypeOf(operation_.body_type);
    if (method_ != nullptr && method_->rest_is_body) {
      std::set<const FieldDescriptor*> elsewhere;
      for (const plan::FieldBinding& binding : method_->fields) elsewhere.insert(binding.field);
      const Descriptor& message = *method_->descriptor->input_type();
      schema = MessageSchema(message, elsewhere, kMaxLevels - 1);
      schema.description = Description(openapi::CommentOn(message.full_name()));
    }
    if (schema.description.empty()) schema.description = operation_.body_description;
    if (schema.description.empty()) {
      schema.description = schema.type == Type::kObject
                               ? "The body of the request: any JSON object."
                               : "The body of the request.";
    }
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
