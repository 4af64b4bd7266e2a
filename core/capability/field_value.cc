#include "core/capability/field_value.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"
#include "core/capability/enum_spelling.h"
#include "core/capability/suggestion.h"
#include "portico/v1/annotations.pb.h"

namespace portico::capability {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using Kind = YamlNode::Kind;

template <typename Value>
void Put(const FieldSlot& slot,
         void (Reflection::*set)(Message*, const FieldDescriptor*, Value) const,
         void (Reflection::*add)(Message*, const FieldDescriptor*, Value) const, Value value) {
  const Reflection& reflection = *slot.message->GetReflection();
  (reflection.*(slot.field->is_repeated() ? add : set))(slot.message, slot.field, std::move(value));
}

}  // namespace

void FieldValueReader::ReadBool(const YamlNode& node, const std::string& at,
                                const FieldSlot& slot) {
  const bool yes = node.text == "true";
  if (node.quoted || (!yes && node.text != "false")) {
    return log_->Error(Rule::kWrongValue, node.line, at, "must be true or false");
  }
  Put<bool>(slot, &Reflection::SetBool, &Reflection::AddBool, yes);
}

void FieldValueReader::ReadEnum(const YamlNode& node, const std::string& at,
                                const FieldSlot& slot) {
  const auto& type = *slot.field->enum_type();
  if (const auto* value = FindSpelling(type, node.text)) {
    return Put<const google::protobuf::EnumValueDescriptor*>(slot, &Reflection::SetEnum,
                                                             &Reflection::AddEnum, value);
  }
  const std::vector<std::string> spellings = Spellings(type);
  log_->Error(Rule::kWrongValue, node.line, at,
              absl::StrCat("must be one of ", absl::StrJoin(spellings, ", "),
                           DidYouMean(node.text, spellings)));
}

template <typename Whole, typename Set, typename Add>
void FieldValueReader::ReadWhole(const YamlNode& node, const std::string& at, const FieldSlot& slot,
                                 Set set, Add add) {
  Whole number = 0;
  if (node.quoted || !absl::SimpleAtoi(node.text, &number)) {
    return log_->Error(
        Rule::kWrongValue, node.line, at,
        absl::StrCat("must be a whole number from ", std::numeric_limits<Whole>::min(), " to ",
                     std::numeric_limits<Whole>::max()));
  }
  if (InRange(node, at, *slot.field, static_cast<double>(number), "")) {
    Put<Whole>(slot, set, add, number);
  }
}

template <typename Number, typename Set, typename Add>
void FieldValueReader::ReadNumber(const YamlNode& node, const std::string& at,
                                  const FieldSlot& slot, Set set, Add add) {
  double number = 0;
  if (node.quoted || !absl::SimpleAtod(node.text, &number)) {
    return log_->Error(Rule::kWrongValue, node.line, at, "must be a number");
  }
  if (InRange(node, at, *slot.field, number, "")) {
    Put<Number>(slot, set, add, static_cast<Number>(number));
  }
}

void FieldValueReader::ReadScalar(const YamlNode& node, const std::string& at,
                                  const FieldSlot& slot) {
  if (node.kind != Kind::kScalar) return WrongKind(node, at, "one value");
  switch (slot.field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return Put<std::string>(slot, &Reflection::SetString, &Reflection::AddString, node.text);
    case FieldDescriptor::CPPTYPE_BOOL:
      return ReadBool(node, at, slot);
    case FieldDescriptor::CPPTYPE_ENUM:
      return ReadEnum(node, at, slot);
    case FieldDescriptor::CPPTYPE_INT32:
      return ReadWhole<std::int32_t>(node, at, slot, &Reflection::SetInt32, &Reflection::AddInt32);
    case FieldDescriptor::CPPTYPE_INT64:
      return ReadWhole<std::int64_t>(node, at, slot, &Reflection::SetInt64, &Reflection::AddInt64);
    case FieldDescriptor::CPPTYPE_UINT32:
      return ReadWhole<std::uint32_t>(node, at, slot, &Reflection::SetUInt32,
                                      &Reflection::AddUInt32);
    case FieldDescriptor::CPPTYPE_UINT64:
      return ReadWhole<std::uint64_t>(node, at, slot, &Reflection::SetUInt64,
                                      &Reflection::AddUInt64);
    case FieldDescriptor::CPPTYPE_FLOAT:
      return ReadNumber<float>(node, at, slot, &Reflection::SetFloat, &Reflection::AddFloat);
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return ReadNumber<double>(node, at, slot, &Reflection::SetDouble, &Reflection::AddDouble);
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return;
  }
}

void FieldValueReader::ReadDuration(const YamlNode& node, const std::string& at,
                                    const FieldDescriptor& field, Message* message) {
  absl::Duration duration;
  if (node.kind != Kind::kScalar) return WrongKind(node, at, "a duration like 30s");
  if (!absl::ParseDuration(node.text, &duration) || duration == absl::InfiniteDuration() ||
      duration == -absl::InfiniteDuration()) {
    return log_->Error(Rule::kWrongValue, node.line, at,
                       "must be a duration like 250ms, 30s or 1m30s");
  }
  if (!InRange(node, at, field, absl::ToDoubleSeconds(duration), " seconds")) return;
  // The message may be of a pool of its own, so the fields go by their numbers.
  const Reflection& reflection = *message->GetReflection();
  const Descriptor& type = *message->GetDescriptor();
  absl::Duration rest;
  reflection.SetInt64(message, type.FindFieldByNumber(1),
                      absl::IDivDuration(duration, absl::Seconds(1), &rest));
  reflection.SetInt32(message, type.FindFieldByNumber(2),
                      static_cast<std::int32_t>(absl::ToInt64Nanoseconds(rest)));
}

bool FieldValueReader::InRange(const YamlNode& node, const std::string& at,
                               const FieldDescriptor& field, double number,
                               absl::string_view unit) {
  const v1::SettingRules& rules = field.options().GetExtension(v1::setting);
  if (rules.least() == 0 && rules.most() == 0) return true;
  if (rules.least() <= number && number <= rules.most()) return true;
  log_->Error(Rule::kWrongValue, node.line, at,
              absl::StrCat("must be from ", rules.least(), " to ", rules.most(), unit));
  return false;
}

void FieldValueReader::WrongKind(const YamlNode& node, const std::string& at,
                                 absl::string_view wanted) {
  log_->Error(Rule::kWrongValue, node.line, at,
              absl::StrCat("must be ", wanted, ", but is ", node.KindName()));
}

}  // namespace portico::capability
