#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <limits>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "core/codec/json_writer.h"
#include "core/codec/message_plan.h"
#include "core/codec/unmodeled_json.h"

namespace portico::codec {

void IndexFields(MessagePlan* plan);  // in message_plan.cc

namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

absl::Status Refuse(const FieldDescriptor& field, absl::string_view why) {
  return absl::InvalidArgumentError(absl::StrCat("field \"", field.full_name(), "\": ", why));
}

std::string QuotedKey(const std::string& json_name) {
  std::string key;
  JsonWriter writer(&key);
  writer.String(json_name);
  writer.Char(':');
  writer.Finish();
  return key;
}

class Compiler {
 public:
  absl::StatusOr<const MessagePlan*> Compile(const Descriptor& descriptor);
  std::vector<std::unique_ptr<MessagePlan>> Release() { return std::move(plans_); }

 private:
  absl::Status AddField(const FieldDescriptor& descriptor, MessagePlan* plan);
  absl::Status CheckUnmodeled(const FieldDescriptor& field);
  absl::StatusOr<Kind> KindOf(const FieldDescriptor& field);

  absl::flat_hash_map<const Descriptor*, const MessagePlan*> by_descriptor_;
  std::vector<std::unique_ptr<MessagePlan>> plans_;
};

absl::StatusOr<Kind> Compiler::KindOf(const FieldDescriptor& field) {
  switch (field.type()) {
    case FieldDescriptor::TYPE_STRING:
      return Kind::kString;
    case FieldDescriptor::TYPE_BOOL:
      return Kind::kBool;
    case FieldDescriptor::TYPE_INT32:
      return Kind::kInt32;
    case FieldDescriptor::TYPE_INT64:
      return Kind::kInt64;
    case FieldDescriptor::TYPE_UINT32:
      return Kind::kUint32;
    case FieldDescriptor::TYPE_UINT64:
      return Kind::kUint64;
    case FieldDescriptor::TYPE_SINT32:
      return Kind::kSint32;
    case FieldDescriptor::TYPE_SINT64:
      return Kind::kSint64;
    case FieldDescriptor::TYPE_FIXED32:
      return Kind::kFixed32;
    case FieldDescriptor::TYPE_FIXED64:
      return Kind::kFixed64;
    case FieldDescriptor::TYPE_SFIXED32:
      return Kind::kSfixed32;
    case FieldDescriptor::TYPE_SFIXED64:
      return Kind::kSfixed64;
    case FieldDescriptor::TYPE_DOUBLE:
      return Kind::kDouble;
    case FieldDescriptor::TYPE_MESSAGE:
      break;
    default:
      return Refuse(field, absl::StrCat("the type ", field.type_name(),
                                        " cannot hold JSON losslessly; use string, bool, an "
                                        "integer, double, a message, Struct or Value"));
  }
  switch (field.message_type()->well_known_type()) {
    case Descriptor::WELLKNOWNTYPE_UNSPECIFIED:
      return Kind::kMessage;
    case Descriptor::WELLKNOWNTYPE_STRUCT:
      return Kind::kStruct;
    case Descriptor::WELLKNOWNTYPE_LISTVALUE:
      return Kind::kListValue;
    case Descriptor::WELLKNOWNTYPE_VALUE:
      return Kind::kValue;
    default:
      return Refuse(field, absl::StrCat(field.message_type()->full_name(),
                                        " cannot hold JSON losslessly; use a string or an "
                                        "optional scalar"));
  }
}

absl::Status Compiler::CheckUnmodeled(const FieldDescriptor& field) {
  if (field.number() == kUnmodeledJson && field.name() == "unmodeled_json" &&
      field.type() == FieldDescriptor::TYPE_STRING && !field.is_repeated() &&
      field.real_containing_oneof() == nullptr) {
    return absl::OkStatus();
  }
  return Refuse(field,
                absl::StrCat("the name unmodeled_json and the number ", kUnmodeledJson,
                             " are for `string unmodeled_json = ", kUnmodeledJson, ";` alone"));
}

absl::Status Compiler::AddField(const FieldDescriptor& descriptor, MessagePlan* plan) {
  if (descriptor.number() == kUnmodeledJson || descriptor.name() == "unmodeled_json") {
    plan->has_unmodeled = true;
    return CheckUnmodeled(descriptor);
  }
  if (descriptor.real_containing_oneof() != nullptr) {
    return Refuse(descriptor, "a member of a oneof: JSON could set several of them");
  }
  const FieldDescriptor* held = &descriptor;
  if (descriptor.is_map()) {
    if (descriptor.message_type()->map_key()->type() != FieldDescriptor::TYPE_STRING) {
      return Refuse(descriptor, "the keys of a map must be strings, as in JSON");
    }
    held = descriptor.message_type()->map_value();
  }
  const absl::StatusOr<Kind> kind = KindOf(*held);
  if (!kind.ok()) return kind.status();

  FieldPlan field;
  field.name = descriptor.name();
  field.json_name = descriptor.json_name();
  field.quoted_key = QuotedKey(field.json_name);
  field.number = descriptor.number();
  field.kind = *kind;
  field.shape = descriptor.is_map()        ? Shape::kMap
                : descriptor.is_repeated() ? Shape::kRepeated
                                           : Shape::kSingular;
  field.implicit_presence = field.shape == Shape::kSingular && !descriptor.has_presence();
  field.packable = field.shape == Shape::kRepeated && WireTypeOf(field.kind) != WireType::kBytes;
  const bool as_bytes = field.packable || field.shape == Shape::kMap;
  field.tag = MakeTag(field.number, as_bytes ? WireType::kBytes : WireTypeOf(field.kind));
  if (field.kind == Kind::kMessage) {
    const absl::StatusOr<const MessagePlan*> message = Compile(*held->message_type());
    if (!message.ok()) return message.status();
    field.message = *message;
  }
  plan->fields.push_back(std::move(field));
  return absl::OkStatus();
}

absl::StatusOr<const MessagePlan*> Compiler::Compile(const Descriptor& descriptor) {
  const auto [known, is_new] = by_descriptor_.try_emplace(&descriptor, nullptr);
  if (!is_new) return known->second;
  MessagePlan* const plan = plans_.emplace_back(std::make_unique<MessagePlan>()).get();
  known->second = plan;  // before its fields: types may be recursive
  plan->name = descriptor.full_name();
  const auto refuse = [&](absl::string_view why) {
    return absl::InvalidArgumentError(absl::StrCat("message \"", plan->name, "\": ", why));
  };
  if (descriptor.file()->syntax() != google::protobuf::FileDescriptor::SYNTAX_PROTO3) {
    return refuse("only proto3 messages can be mapped to JSON losslessly");
  }
  if (descriptor.field_count() >= std::numeric_limits<std::uint16_t>::max()) {
    return refuse("too many fields");
  }
  for (int i = 0; i < descriptor.field_count(); ++i) {
    const absl::Status added = AddField(*descriptor.field(i), plan);
    if (!added.ok()) return added;
  }
  std::sort(plan->fields.begin(), plan->fields.end(),
            [](const FieldPlan& a, const FieldPlan& b) { return a.number < b.number; });
  absl::flat_hash_set<absl::string_view> names;
  for (std::size_t i = 0; i < plan->fields.size(); ++i) {
    plan->fields[i].index = static_cast<std::uint16_t>(i);
    if (!names.insert(plan->fields[i].json_name).second) {
      return refuse(
          absl::StrCat("two fields have the JSON name \"", plan->fields[i].json_name, "\""));
    }
  }
  IndexFields(plan);
  return plan;
}

}  // namespace

absl::StatusOr<std::shared_ptr<const MessagePlan>> CompileMessagePlan(
    const Descriptor* descriptor) {
  Compiler compiler;
  const absl::StatusOr<const MessagePlan*> root = compiler.Compile(*descriptor);
  if (!root.ok()) return root.status();
  auto plans =
      std::make_shared<const std::vector<std::unique_ptr<MessagePlan>>>(compiler.Release());
  return std::shared_ptr<const MessagePlan>(std::move(plans), *root);
}

}  // namespace portico::codec
