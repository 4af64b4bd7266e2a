#include "core/synthesis/response_message.h"

#include "absl/strings/str_cat.h"
#include "core/synthesis/answer_form.h"
#include "core/synthesis/declared_response.h"
#include "core/synthesis/field_names.h"

namespace portico::synthesis {
namespace {

using google::protobuf::FieldDescriptorProto;

struct Row {
  const char* name;
  int number;
  FieldDescriptorProto::Type type;
  bool optional;
  const char* comment;
};

constexpr Row kAnswer[] = {
    {kResultField, 1, FieldDescriptorProto::TYPE_MESSAGE, false,
     "The JSON of the answer, of any type. Unset when the answer is empty, is kept in "
     "`unmodeled_json`, or is no JSON."},
    {"content_type", 2, FieldDescriptorProto::TYPE_STRING, false,
     "The media type of an answer that is no JSON, as the API names it."},
    {"raw", 3, FieldDescriptorProto::TYPE_BYTES, false, "The bytes of an answer that is no JSON."},
    {kUnmodeledField, kUnmodeledNumber, FieldDescriptorProto::TYPE_STRING, false,
     "Instead of `result`: the text of the JSON, where a Value cannot hold it exactly (numbers "
     "beyond a double, keys that stand twice, deep nesting)."},
};

constexpr Row kEvent[] = {
    {"id", 1, FieldDescriptorProto::TYPE_STRING, true, "The event's `id` line, if any."},
    {"event", 2, FieldDescriptorProto::TYPE_STRING, true, "The event's `event` line, if any."},
    {"data", 3, FieldDescriptorProto::TYPE_STRING, true, "The event's data, verbatim."},
    {"retry_ms", 4, FieldDescriptorProto::TYPE_UINT32, true,
     "The event's `retry` line, if any: milliseconds to wait before reconnecting."},
    {kResultField, 5, FieldDescriptorProto::TYPE_MESSAGE, false,
     "`data` as JSON of any type. Unset when it is no JSON or a Value cannot hold it exactly."},
};

template <std::size_t size>
void AddFields(const Row (&rows)[size], MessageText* text) {
  for (const Row& row : rows) {
    FieldDescriptorProto& field = *text->message.add_field();
    field.set_name(row.name);
    field.set_number(row.number);
    field.set_label(FieldDescriptorProto::LABEL_OPTIONAL);
    field.set_type(row.type);
    if (row.type == FieldDescriptorProto::TYPE_MESSAGE) {
      field.set_type_name(".google.protobuf.Value");
    }
    if (row.optional) {
      field.set_proto3_optional(true);
      field.set_oneof_index(text->message.oneof_decl_size());
      text->message.add_oneof_decl()->set_name(absl::StrCat("_", row.name));
    }
    text->comments.emplace_back(row.comment);
  }
}

}  // namespace

MessageText WriteResponse(const Rpc& rpc, const std::string& package,
                          std::vector<std::string>* problems) {
  const std::string name = absl::StrCat(rpc.name, "Response");
  if (AnswerFormOf(*rpc.operation) != AnswerForm::kWrapped) {
    return WriteDeclaredResponse(*rpc.operation->output, name, package, problems);
  }
  MessageText text;
  text.message.set_name(name);
  rpc.operation->stream ? AddFields(kEvent, &text) : AddFields(kAnswer, &text);
  return text;
}

}  // namespace portico::synthesis
