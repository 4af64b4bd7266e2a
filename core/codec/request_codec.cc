#include "core/codec/request_codec.h"

#include <google/protobuf/descriptor.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "core/codec/json_string.h"
#include "core/codec/message_plan.h"
#include "core/codec/message_printer.h"

namespace portico::codec {
namespace {

constexpr int kInBody = -1;

bool IsScalar(const FieldPlan& field) {
  return field.shape != Shape::kMap &&
         (field.kind == Kind::kString || WireTypeOf(field.kind) != WireType::kBytes);
}

// The texts of one parameter's value.
bool ReadParameter(const FieldPlan& field, Occurrences* occurrences, WireFault* fault,
                   std::vector<std::string>* texts) {
  const auto read = [&](const WireField& wire) {
    if (field.shape == Shape::kSingular) texts->clear();  // the last one counts
    std::string& text = texts->emplace_back();
    if (field.kind == Kind::kString) {
      text = std::string(wire.bytes);
      return IsUtf8(wire.bytes) || fault->Report("not UTF-8");
    }
    JsonWriter writer(&text);
    ValuePrinter::Memory unused;
    if (!ValuePrinter(&writer, &unused, fault).PrintScalar(field.kind, wire)) return false;
    writer.Finish();
    return true;
  };
  if (ForEachElement(field, occurrences, fault, read)) return true;
  if (field.shape == Shape::kRepeated) fault->InElement(texts->empty() ? 0 : texts->size() - 1);
  return fault->In(field.name);
}

}  // namespace

struct RequestCodec::Plan {
  std::shared_ptr<const MessagePlan> message;
  std::vector<int> parameter_of_field;  // by FieldPlan::index; kInBody for the others
  std::size_t parameter_count;
  bool rest_is_body;
};

RequestCodec::RequestCodec(std::shared_ptr<const Plan> plan) : plan_(std::move(plan)) {}

absl::StatusOr<RequestCodec> RequestCodec::Compile(
    const google::protobuf::Descriptor* descriptor,
    absl::Span<const google::protobuf::FieldDescriptor* const> parameter_fields,
    bool rest_is_body) {
  auto message = CompileMessagePlan(descriptor);
  if (!message.ok()) return message.status();
  std::vector<int> parameter_of_field((*message)->fields.size(), kInBody);
  for (std::size_t i = 0; i < parameter_fields.size(); ++i) {
    const auto refuse = [&](absl::string_view why) {
      return absl::InvalidArgumentError(
          absl::StrCat("field \"", parameter_fields[i]->full_name(), "\": ", why));
    };
    const FieldPlan* const field = parameter_fields[i]->containing_type() == descriptor
                                       ? (*message)->FindNumber(parameter_fields[i]->number())
                                       : nullptr;
    if (field == nullptr) {
      return refuse(
          absl::StrCat("not a field of ", descriptor->full_name(), " that can be a parameter"));
    }
    if (!IsScalar(*field)) {
      return refuse("a parameter must be a string, number or bool, or repeated of these");
    }
    if (parameter_of_field[field->index] != kInBody) return refuse("bound to two parameters");
    parameter_of_field[field->index] = static_cast<int>(i);
  }
  for (const FieldPlan& field : (*message)->fields) {
    if (!rest_is_body && parameter_of_field[field.index] == kInBody) {
      return absl::InvalidArgumentError(
          absl::StrCat("field \"", descriptor->full_name(), ".", field.name,
                       "\": no parameter of the operation, which has no body either"));
    }
  }
  return RequestCodec(std::make_shared<const Plan>(Plan{
      *std::move(message), std::move(parameter_of_field), parameter_fields.size(), rest_is_body}));
}

std::vector<FieldViolation> RequestCodec::Split(absl::string_view wire, RequestParts* parts) const {
  thread_local ValuePrinter::Memory memory;
  const MessagePlan& message = *plan_->message;
  std::vector<FieldViolation> violations;
  WireFault fault;
  const auto note = [&](bool ok) {
    if (!ok) violations.push_back({std::move(fault.path), std::move(fault.what)});
    fault = WireFault();
  };

  parts->parameters.assign(plan_->parameter_count, {});
  parts->body.clear();
  JsonWriter body(&parts->body);
  MessagePrinter printer(&body, &memory, &fault);
  const Parts all(&wire, 1);
  MessagePrinter::Survey survey;
  if (!printer.Look(message, all, &survey)) {
    note(false);
    return violations;
  }
  body.Reserve(wire.size() + wire.size() / 2 + 64);
  body.Char('{');
  printer.ForEachField(message, all, survey, [&](const FieldPlan& field, Occurrences* values) {
    const int parameter = plan_->parameter_of_field[field.index];
    note(parameter != kInBody ? ReadParameter(field, values, &fault, &parts->parameters[parameter])
                              : printer.PrintMember(field, values, kMaxLevels));
    return true;
  });
  if (plan_->rest_is_body) {
    note(printer.PrintUnmodeledMembers(survey.unmodeled));
  } else if (!survey.unmodeled.empty()) {
    fault.Report("this method sends no body that could carry it; leave it empty");
    note(fault.In("unmodeled_json"));
  }
  parts->body_empty = body.Last() == '{';
  body.Char('}');
  body.Finish();
  if (!plan_->rest_is_body) parts->body.clear();
  memory.entries.clear();
  memory.Trim();
  return violations;
}

}  // namespace portico::codec
