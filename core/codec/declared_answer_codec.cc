#include "core/codec/declared_answer_codec.h"

#include <google/protobuf/descriptor.h>

#include "absl/strings/str_cat.h"
#include "core/codec/json_syntax.h"
#include "core/codec/unmodeled_json.h"
#include "core/codec/wire_append.h"

namespace portico::codec {

absl::StatusOr<DeclaredAnswerCodec> DeclaredAnswerCodec::Compile(
    const google::protobuf::Descriptor* descriptor,
    const google::protobuf::FieldDescriptor* array_field) {
  absl::StatusOr<MessageCodec> message = MessageCodec::Compile(descriptor, array_field);
  if (!message.ok()) return message.status();
  if (descriptor->FindFieldByNumber(kUnmodeledJson) == nullptr) {
    return absl::InvalidArgumentError(
        absl::StrCat("answer message \"", descriptor->full_name(), "\" must have unmodeled_json"));
  }
  return DeclaredAnswerCodec(*std::move(message), array_field == nullptr ? '{' : '[');
}

absl::Status DeclaredAnswerCodec::JsonToWire(absl::string_view json, std::string* wire) const {
  const absl::string_view text = TrimJsonSpace(json);
  // The message's codec says what is wrong with a text that is no JSON.
  if (text.empty() || text[0] == opening_ || FindJsonSyntaxError(text).has_value()) {
    return message_.JsonToWire(json, wire);
  }
  AppendBytes(kUnmodeledJson, text, wire);
  return absl::OkStatus();
}

}  // namespace portico::codec
