#include "core/codec/message_codec.h"

#include <google/protobuf/descriptor.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "core/codec/message_plan.h"
#include "core/codec/message_printer.h"
#include "core/codec/message_reader.h"
#include "core/codec/quick_printer.h"

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
  // Kept between calls, by every thread that prints JSON: below 2 MiB.
  thread_local QuickPrinter::Memory quick_memory;
  thread_local ValuePrinter::Memory memory;
  JsonWriter out(json);
  out.Reserve(wire.size() + wire.size() / 2 + 64);
  const std::size_t start = out.position();
  QuickPrinter quick(&out, &quick_memory);
  WireFault fault;
  bool printed = array_field_ != nullptr ? quick.PrintRootArray(*array_field_, wire, kMaxLevels)
                                         : quick.PrintMessage(*plan_, wire, kMaxLevels);
  if (!printed) {
    out.Return(start);
    MessagePrinter printer(&out, &memory, &fault);
    printed = array_field_ != nullptr
                  ? printer.PrintRootArray(*plan_, *array_field_, wire, kMaxLevels)
                  : printer.PrintMessage(*plan_, Parts(&wire, 1), kMaxLevels);
    memory.Trim();
  }
  printed ? out.Finish() : out.Abandon();
  quick_memory.Trim();
  return printed ? absl::OkStatus() : absl::InvalidArgumentError(fault.Text());
}

}  // namespace portico::codec
