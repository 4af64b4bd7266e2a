#include "core/codec/request_codec.h"

#include <google/protobuf/descriptor.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "core/codec/json_string.h"
#include "core/codec/json_syntax.h"
#include "core/codec/message_plan.h"
#include "core/codec/message_printer.h"
#include "core/codec/scalar_printer.h"
#include "portico/v1/annotations.pb.h"

namespace portico::codec {
namespace {

constexpr int kInBody = -1;

bool MayBeParameter(const FieldPlan& field) {
  if (field.kind == Kind::kStruct) return field.shape == Shape::kSingular;
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
    const char* const problem = PrintScalar(field.kind, wire, &writer);
    writer.Finish();
    return problem == nullptr || fault->Report(problem);
  };
  if (ForEachElement(field, occurrences, fault, read)) return true;
  if (field.shape == Shape::kRepeated) fault->InElement(texts->empty() ? 0 : texts->size() - 1);
  return fault->In(field.name);
}

// The one text of a Struct.
bool ReadStructParameter(const FieldPlan& field, Occurrences* occurrences, WireFault* fault,
                         std::vector<std::string>* texts) {
  thread_local ValuePrinter::Memory memory;
  std::string text;
  JsonWriter writer(&text);
  const bool printed =
      MessagePrinter(&writer, &memory, fault).PrintValueOf(field, occurrences, kMaxLevels);
  writer.Finish();
  memory.Trim();
  texts->clear();
  texts->push_back(std::move(text));
  return printed;
}

// `text`, which is the whole body: none may stand there yet.
bool AddWholeText(absl::string_view text, JsonWriter* body, MessagePrinter* printer,
                  WireFault* fault) {
  if (body->position() == 0) return printer->PrintVerbatim(TrimJsonSpace(text));
  fault->Report("the body is given already; set one of the two");
  return fault->In("unmodeled_json");
}

void PrintEmpty(const FieldPlan& field, JsonWriter* body) {
  body->Separator();
  body->Raw(field.quoted_key);
  body->Raw(field.shape == Shape::kMap ? "{}" : "[]");
}

}  // namespace

struct RequestCodec::Plan {
  std::shared_ptr<const MessagePlan> message;
  std::vector<int> parameter_of_field;  // by FieldPlan::index; kInBody for the others
  std::size_t parameter_count;
  bool rest_is_body;
  const FieldPlan* whole_body = nullptr;  // the body, instead of a member of it
  // Parameters that another one's field feeds, too: which, and the other.
  std::vector<std::pair<std::size_t, std::size_t>> copies = {};
  std::vector<const FieldPlan*> sent_empty = {};  // members that the body never lacks

  absl::Status BindParameters(
      const google::protobuf::Descriptor& descriptor,
      absl::Span<const google::protobuf::FieldDescriptor* const> parameter_fields);
  absl::Status SetBody(const google::protobuf::FieldDescriptor& field);
  absl::Status CheckAllPlaced() const;
  absl::Status FindSentEmpty(const google::protobuf::Descriptor& descriptor);
};

absl::Status RequestCodec::Plan::FindSentEmpty(const google::protobuf::Descriptor& descriptor) {
  for (int i = 0; i < descriptor.field_count(); ++i) {
    const google::protobuf::FieldDescriptor& field = *descriptor.field(i);
    if (!field.options().GetExtension(portico::v1::member).send_empty()) continue;
    const FieldPlan* const member = message->FindNumber(field.number());
    const bool in_body =
        rest_is_body && member != nullptr && parameter_of_field[member->index] == kInBody;
    if (!in_body || !field.is_repeated()) {
      return absl::InvalidArgumentError(
          absl::StrCat("field \"", field.full_name(),
                       "\": send_empty is for repeated fields and maps of the body"));
    }
    sent_empty.push_back(member);
  }
  return absl::OkStatus();
}

RequestCodec::RequestCodec(std::shared_ptr<const Plan> plan) : plan_(std::move(plan)) {}

absl::Status RequestCodec::Plan::BindParameters(
    const google::protobuf::Descriptor& descriptor,
    absl::Span<const google::protobuf::FieldDescriptor* const> parameter_fields) {
  for (std::size_t i = 0; i < parameter_fields.size(); ++i) {
    const auto refuse = [&](absl::string_view why) {
      return absl::InvalidArgumentError(
          absl::StrCat("field \"", parameter_fields[i]->full_name(), "\": ", why));
    };
    const FieldPlan* const field = parameter_fields[i]->containing_type() == &descriptor
                                       ? message->FindNumber(parameter_fields[i]->number())
                                       : nullptr;
    if (field == nullptr) {
      return refuse(
          absl::StrCat("not a field of ", descriptor.full_name(), " that can be a parameter"));
    }
    if (!MayBeParameter(*field)) {
      return refuse("a parameter must be a string, number or bool, repeated of these, or a Struct");
    }
    int& parameter = parameter_of_field[field->index];
    if (parameter == kInBody) {
      parameter = static_cast<int>(i);
    } else {
      copies.emplace_back(i, parameter);
    }
  }
  return absl::OkStatus();
}

absl::Status RequestCodec::Plan::SetBody(const google::protobuf::FieldDescriptor& field) {
  whole_body = message->FindNumber(field.number());
  if (whole_body != nullptr && whole_body->kind == Kind::kValue &&
      whole_body->shape == Shape::kSingular && message->has_unmodeled && !rest_is_body) {
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError(absl::StrCat(
      "field \"", field.full_name(),
      "\": a whole body must be a google.protobuf.Value, with an unmodeled_json beside it"));
}

absl::Status RequestCodec::Plan::CheckAllPlaced() const {
  for (const FieldPlan& field : message->fields) {
    if (rest_is_body || parameter_of_field[field.index] != kInBody || &field == whole_body) {
      continue;
    }
    return absl::InvalidArgumentError(
        absl::StrCat("field \"", message->name, ".", field.name,
                     "\": no parameter of the operation, which has no body either"));
  }
  return absl::OkStatus();
}

absl::StatusOr<RequestCodec> RequestCodec::Compile(
    const google::protobuf::Descriptor* descriptor,
    absl::Span<const google::protobuf::FieldDescriptor* const> parameter_fields, bool rest_is_body,
    const google::protobuf::FieldDescriptor* body_field) {
  auto message = CompileMessagePlan(descriptor);
  if (!message.ok()) return message.status();
  std::vector<int> no_parameters((*message)->fields.size(), kInBody);
  Plan plan{*std::move(message), std::move(no_parameters), parameter_fields.size(), rest_is_body};
  absl::Status status = plan.BindParameters(*descriptor, parameter_fields);
  if (status.ok() && body_field != nullptr) status = plan.SetBody(*body_field);
  if (status.ok()) status = plan.CheckAllPlaced();
  if (status.ok()) status = plan.FindSentEmpty(*descriptor);
  if (!status.ok()) return status;
  return RequestCodec(std::make_shared<const Plan>(std::move(plan)));
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
  if (plan_->whole_body == nullptr) body.Char('{');
  std::vector<const FieldPlan*> missing = plan_->sent_empty;
  printer.ForEachField(message, all, survey, [&](const FieldPlan& field, Occurrences* values) {
    const int parameter = plan_->parameter_of_field[field.index];
    if (parameter != kInBody) {
      std::vector<std::string>* const texts = &parts->parameters[parameter];
      note(field.kind == Kind::kStruct ? ReadStructParameter(field, values, &fault, texts)
                                       : ReadParameter(field, values, &fault, texts));
      return true;
    }
    if (plan_->whole_body != nullptr) {
      note(printer.PrintValueOf(field, values, kMaxLevels));
      return true;
    }
    const std::size_t start = body.position();
    note(printer.PrintMember(field, values, kMaxLevels));
    if (body.position() != start) std::erase(missing, &field);
    return true;
  });
  for (const auto& [to, from] : plan_->copies) parts->parameters[to] = parts->parameters[from];
  if (plan_->whole_body != nullptr) {
    if (!survey.unmodeled.empty()) note(AddWholeText(survey.unmodeled, &body, &printer, &fault));
    parts->body_empty = body.position() == 0;
    body.Finish();
    memory.Trim();
    return violations;
  }
  const bool no_field = body.Last() == '{';
  for (const FieldPlan* field : missing) PrintEmpty(*field, &body);
  const std::size_t end_of_fields = body.position();
  if (plan_->rest_is_body) {
    note(printer.PrintUnmodeled(survey.unmodeled));
  } else if (!survey.unmodeled.empty()) {
    fault.Report("this method sends no body that could carry it; leave it empty");
    note(fault.In("unmodeled_json"));
  }
  parts->body_empty = no_field && body.position() == end_of_fields;
  body.Char('}');
  body.Finish();
  if (!plan_->rest_is_body) parts->body.clear();
  memory.Trim();
  return violations;
}

}  // namespace portico::codec
