#include "core/synthesis/request_message.h"

#include <cstddef>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "core/synthesis/field_names.h"

namespace portico::synthesis {
namespace {

using google::protobuf::FieldDescriptorProto;
using plan::Parameter;
using plan::ParameterLocation;
using plan::ValueType;

void SetType(const Parameter& parameter, FieldDescriptorProto* field) {
  field->set_label(FieldDescriptorProto::LABEL_OPTIONAL);
  switch (parameter.type) {
    case ValueType::kString:
      return field->set_type(FieldDescriptorProto::TYPE_STRING);
    case ValueType::kInteger:
      return field->set_type(FieldDescriptorProto::TYPE_INT64);
    case ValueType::kNumber:
      return field->set_type(FieldDescriptorProto::TYPE_DOUBLE);
    case ValueType::kBoolean:
      return field->set_type(FieldDescriptorProto::TYPE_BOOL);
    case ValueType::kArray:
      field->set_label(FieldDescriptorProto::LABEL_REPEATED);
      return field->set_type(FieldDescriptorProto::TYPE_STRING);
    case ValueType::kObject:
      field->set_type(FieldDescriptorProto::TYPE_MESSAGE);
      return field->set_type_name(".google.protobuf.Struct");
  }
}

// Whether an absent field must differ from "", 0 and false: always, but for the text
// of a path, which is never empty.
bool NeedsPresence(const Parameter& parameter) {
  if (parameter.type == ValueType::kArray || parameter.type == ValueType::kObject) return false;
  return parameter.location != ParameterLocation::kPath || parameter.type != ValueType::kString;
}

std::string PlaceOf(const Parameter& parameter) {
  switch (parameter.location) {
    case ParameterLocation::kPath:
      return "In the path";
    case ParameterLocation::kQuery:
      return "In the query";
    case ParameterLocation::kHeader:
      return "A header";
  }
  return "";
}

// Says the name where the JSON name does not.
std::string CommentOf(const Parameter& parameter, bool named) {
  std::string comment = std::string(absl::StripAsciiWhitespace(parameter.description));
  if (!comment.empty()) absl::StrAppend(&comment, "\n\n");
  absl::StrAppend(&comment, PlaceOf(parameter));
  if (!named) absl::StrAppend(&comment, ", as `", parameter.name, "`");
  absl::StrAppend(&comment, parameter.required ? ". Required." : ".");
  return comment;
}

FieldDescriptorProto& AddField(const char* name, int number, FieldDescriptorProto::Type type,
                               const std::string& comment, MessageText* text) {
  FieldDescriptorProto& field = *text->message.add_field();
  field.set_name(name);
  field.set_number(number);
  field.set_label(FieldDescriptorProto::LABEL_OPTIONAL);
  field.set_type(type);
  text->comments.emplace_back(comment);
  return field;
}

void AddBody(const Rpc& rpc, MessageText* text) {
  const plan::Operation& operation = *rpc.operation;
  const std::string comment = absl::StrCat(
      "The request's whole body.", operation.body == plan::BodyUse::kRequired ? " Required." : "",
      operation.body_description.empty() ? "" : " ", operation.body_description);
  AddField(kBodyField, kBodyNumber, FieldDescriptorProto::TYPE_MESSAGE, comment, text)
      .set_type_name(".google.protobuf.Value");
  AddField(kUnmodeledField, kUnmodeledNumber, FieldDescriptorProto::TYPE_STRING,
           "Instead of `body`: its JSON text, sent as it is. For numbers that a double cannot hold "
           "exactly, keys that stand twice, and deep nesting.",
           text);
}

// proto3 `optional` is a oneof of one, which follows all others.
void AddPresence(const std::vector<bool>& optional, google::protobuf::DescriptorProto* message) {
  for (std::size_t i = 0; i < optional.size(); ++i) {
    if (!optional[i]) continue;
    FieldDescriptorProto& field = *message->mutable_field(static_cast<int>(i));
    field.set_proto3_optional(true);
    field.set_oneof_index(message->oneof_decl_size());
    message->add_oneof_decl()->set_name(absl::StrCat("_", field.name()));
  }
}

}  // namespace

MessageText WriteRequest(const Rpc& rpc, std::vector<std::string>* problems) {
  MessageText text;
  text.message.set_name(absl::StrCat(rpc.name, "Request"));
  std::vector<std::string> written;
  for (const Input& input : rpc.inputs) written.push_back(input.name);
  const std::vector<FieldName> names = NameFields(written, problems);
  std::vector<bool> optional;
  for (std::size_t i = 0; i < rpc.inputs.size(); ++i) {
    const Parameter& parameter = rpc.operation->parameters[rpc.inputs[i].parameters.front()];
    FieldDescriptorProto& field = *text.message.add_field();
    field.set_name(names[i].identifier);
    field.set_number(names[i].number);
    SetType(parameter, &field);
    const bool named = written[i] != kBodyField && MayBeJsonName(written[i]);
    // Never left to protoc, whose own choice may be another input's name.
    field.set_json_name(named ? written[i] : names[i].identifier);
    text.comments.push_back(CommentOf(parameter, named && written[i] == parameter.name));
    optional.push_back(NeedsPresence(parameter));
  }
  if (rpc.takes_body) AddBody(rpc, &text);
  AddPresence(optional, &text.message);
  return text;
}

}  // namespace portico::synthesis
