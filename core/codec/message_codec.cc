#include "core/codec/message_codec.h"

#include <google/protobuf/descriptor.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "core/codec/message_plan.h"
#include "core/codec/message_printer.h"
#include "core/codec/message_reader.h"

namespace portico::codec {

MessageCodec::MessageCodec(std::shared_ptr<const MessagePlan> plan, const FieldPlan* array_field)
    : plan_(std::move(plan)), array_field_(array_field) {}

absl::StatusOr<MessageCodec> MessageCodec::Compile(
    const google::protobuf::Descriptor* descriptor,
    const google::protobuf::FieldDescriptor* array_field) {
  auto plan = CompileMessagePlan(descriptor);
  if (!plan.ok()) return plan.status();
  if (array_field == nullptr) return MessageCodec(*std::move(plan), nullptr);
  if (array_field->containing_type() != descriptor || !array_field->is_repeated() ||
      array_field->is_map()) {
    return absl::InvalidArgumentError(
        absl::StrCat("field \"", array_field->full_name(), "\": only a repeated field of ",
                     descriptor->full_name(), " can hold the elements of its JSON array"));
  }
  const FieldPlan* const elements = (*plan)->FindNumber(array_field->number());
  return MessageCodec(*std::move(plan), elements);
}

absl::Status MessageCodec::JsonToWire(absl::string_view json, std::string* wire) const {
  return ReadJson(*plan_, array_field_, json, kMaxLevels, wire);
}

absl::Status MessageCodec::WireToJson(absl::string_view wire, std::string* json) const {
  return PrintJson(*plan_, array_field_, wire, json);
}

}  // namespace portico::codec
