#include "core/codec/event_codec.h"

#include <google/protobuf/descriptor.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "core/codec/json_string.h"
#include "core/codec/message_plan.h"
#include "core/codec/message_reader.h"
#include "core/codec/required_field.h"
#include "core/codec/wire_append.h"

namespace portico::codec {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

absl::StatusOr<EventCodec> EventCodec::Compile(const Descriptor* descriptor) {
  EventCodec codec;
  const RequiredField fields[] = {
      {"id", FieldDescriptor::TYPE_STRING, &codec.id_},
      {"event", FieldDescriptor::TYPE_STRING, &codec.event_},
      {"data", FieldDescriptor::TYPE_STRING, &codec.data_},
      {"retry_ms", FieldDescriptor::TYPE_UINT32, &codec.retry_ms_},
  };
  const absl::Status found = FindFields(*descriptor, "event", true, fields);
  if (!found.ok()) return found;
  for (int i = 0; i < descriptor->field_count(); ++i) {
    const FieldDescriptor& field = *descriptor->field(i);
    const std::uint32_t number = field.number();
    if (number == codec.id_ || number == codec.event_ || number == codec.data_ ||
        number == codec.retry_ms_) {
      continue;
    }
    if (field.type() != FieldDescriptor::TYPE_MESSAGE || field.is_repeated() ||
        codec.payload_ != 0) {
      return absl::InvalidArgumentError(absl::StrCat(
          "field \"", field.full_name(),
          "\": an event message has id, event, data, retry_ms and at most one message field"));
    }
    codec.payload_ = number;
    if (field.message_type()->well_known_type() == Descriptor::WELLKNOWNTYPE_VALUE) continue;
    auto plan = CompileMessagePlan(field.message_type());
    if (!plan.ok()) return plan.status();
    codec.payload_plan_ = *std::move(plan);
  }
  return codec;
}

absl::Status EventCodec::EventToWire(const Event& event, std::string* wire) const {
  const struct {
    const char* name;
    std::uint32_t number;
    const std::optional<absl::string_view>& text;
  } texts[] = {{"id", id_, event.id}, {"event", event_, event.event}, {"data", data_, event.data}};
  for (const auto& field : texts) {
    if (field.text.has_value() && !IsUtf8(*field.text)) {
      return absl::InvalidArgumentError(absl::StrCat("the event's ", field.name, " is not UTF-8"));
    }
  }
  for (const auto& field : texts) {
    if (field.text.has_value()) AppendBytes(field.number, *field.text, wire);
  }
  if (event.retry_ms.has_value()) {
    AppendVarint(MakeTag(retry_ms_, WireType::kVarint), wire);
    AppendVarint(*event.retry_ms, wire);
  }
  if (payload_ == 0 || !event.data.has_value()) return absl::OkStatus();
  // Data that is no JSON object, or does not fit, is in `data` alone.
  if (payload_plan_ == nullptr) {
    ReadValue(*event.data, payload_, kMaxLevels, wire).IgnoreError();
    return absl::OkStatus();
  }
  std::string payload;
  const absl::Status read =
      ReadJson(*payload_plan_, nullptr, *event.data, kMaxLevels - 1, &payload);
  if (read.ok()) AppendBytes(payload_, payload, wire);
  return absl::OkStatus();
}

}  // namespace portico::codec
