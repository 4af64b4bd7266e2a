#include "core/capability/message_reader.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/duration.pb.h>
#include <google/protobuf/message.h>

#include <limits>
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
using google::protobuf::OneofDescriptor;
using google::protobuf::Reflection;
using Kind = YamlNode::Kind;

constexpr char kDuration[] = "google.protobuf.Duration";

// One value and where it belongs: the field, or the next element of a repeated one.
struct Slot {
  Message* message;
  const FieldDescriptor* field;
};

template <typename Value>
void Put(const Slot& slot, void (Reflection::*set)(Message*, const FieldDescriptor*, Value) const,
         void (Reflection::*add)(Message*, const FieldDescriptor*, Value) const, Value value) {
  const Reflection& reflection = *slot.message->GetReflection();
  (reflection.*(slot.field->is_repeated() ? add : set))(slot.message, slot.field, std::move(value));
}

class MessageReader {
 public:
  MessageReader(KeyLines* lines, FindingLog* log) : lines_(lines), log_(log) {}

  void Read(const YamlNode& node, const std::string& path, Message* message) {
    if (node.kind != Kind::kMap) return WrongKind(node, path, "a mapping");
    for (std::size_t i = 0; i < node.items.size(); ++i) {
      const Text& key = node.keys[i];
      const std::string at = path.empty() ? key.text : absl::StrCat(path, ".", key.text);
      const FieldDescriptor* field = Find(*message->GetDescriptor(), key.text);
      if (field == nullptr) {
        Unknown(*message->GetDescriptor(), key, at);
      } else if (MayStand(*message, *field, at, key.line)) {
        lines_->Add(at, key.line);
        ReadField(*node.items[i], at, {message, field});
      }
    }
    CheckRequired(node, path, *message->GetDescriptor());
  }

 private:
  static const FieldDescriptor* Find(const Descriptor& type, const std::string& key) {
    for (int i = 0; i < type.field_count(); ++i) {
      if (type.field(i)->json_name() == key) return type.field(i);
    }
    return nullptr;
  }

  void Unknown(const Descriptor& type, const Text& key, const std::string& at) {
    std::vector<std::string> names;
    for (int i = 0; i < type.field_count(); ++i) names.push_back(type.field(i)->json_name());
    const std::string known = names.empty()
                                  ? "nothing may stand here"
                                  : absl::StrCat("known here: ", absl::StrJoin(names, ", "));
    log_->Error(Rule::kUnknownKey, key.line, at,
                absl::StrCat("is no known key", log_->full() ? "" : DidYouMean(key.text, names),
                             " (", known, ")"));
  }

  // Of a oneof one member may be written.
  bool MayStand(const Message& message, const FieldDescriptor& field, const std::string& at,
                int line) {
    const OneofDescriptor* oneof = field.real_containing_oneof();
    if (oneof == nullptr || !message.GetReflection()->HasOneof(message, oneof)) return true;
    const auto* other = message.GetReflection()->GetOneofFieldDescriptor(message, oneof);
    log_->Error(Rule::kWrongValue, line, at,
                absl::StrCat("cannot stand beside \"", other->json_name(),
                             "\": one of the two; in a list each is an item of its own"));
    return false;
  }

  void CheckRequired(const YamlNode& node, const std::string& path, const Descriptor& type) {
    for (int i = 0; i < type.field_count(); ++i) {
      const FieldDescriptor& field = *type.field(i);
      if (!field.options().GetExtension(v1::setting).required()) continue;
      if (node.Find(field.json_name()) != nullptr) continue;
      log_->Error(Rule::kMissingKey, node.line,
                  path.empty() ? field.json_name() : absl::StrCat(path, ".", field.json_name()),
                  "is missing");
    }
  }

  void ReadField(const YamlNode& node, const std::string& at, const Slot& slot) {
    if (slot.field->is_map()) return ReadMap(node, at, slot);
    if (!slot.field->is_repeated()) return ReadValue(node, at, slot);
    if (node.kind != Kind::kSequence) return WrongKind(node, at, "a list");
    for (std::size_t i = 0; i < node.items.size(); ++i) {
      const std::string item = absl::StrCat(at, "[", i, "]");
      lines_->Add(item, node.items[i]->line);
      ReadValue(*node.items[i], item, slot);
    }
  }

  // A map is a list of messages with the fields `key` and `value`.
  void ReadMap(const YamlNode& node, const std::string& at, const Slot& slot) {
    if (node.kind != Kind::kMap) return WrongKind(node, at, "a mapping");
    const Descriptor& entry = *slot.field->message_type();
    for (std::size_t i = 0; i < node.items.size(); ++i) {
      const Text& key = node.keys[i];
      const std::string item = absl::StrCat(at, ".", key.text);
      lines_->Add(item, key.line);
      Message* added = slot.message->GetReflection()->AddMessage(slot.message, slot.field);
      YamlNode name;
      name.kind = Kind::kScalar;
      name.line = key.line;
      name.text = key.text;
      ReadValue(name, item, {added, entry.map_key()});
      ReadValue(*node.items[i], item, {added, entry.map_value()});
    }
  }

  void ReadValue(const YamlNode& node, const std::string& at, const Slot& slot) {
    if (slot.field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) {
      return ReadScalar(node, at, slot);
    }
    const Reflection& reflection = *slot.message->GetReflection();
    Message* nested = slot.field->is_repeated()
                          ? reflection.AddMessage(slot.message, slot.field)
                          : reflection.MutableMessage(slot.message, slot.field);
    if (slot.field->message_type()->full_name() == kDuration) {
      ReadDuration(node, at, *slot.field, nested);
    } else {
      Read(node, at, nested);
    }
  }

  void ReadScalar(const YamlNode& node, const std::string& at, const Slot& slot) {
    if (node.kind != Kind::kScalar) return WrongKind(node, at, "one value");
    switch (slot.field->cpp_type()) {
      case FieldDescriptor::CPPTYPE_STRING:
        return Put<std::string>(slot, &Reflection::SetString, &Reflection::AddString, node.text);
      case FieldDescriptor::CPPTYPE_BOOL:
        return ReadBool(node, at, slot);
      case FieldDescriptor::CPPTYPE_ENUM:
        return ReadEnum(node, at, slot);
      case FieldDescriptor::CPPTYPE_INT32:
        return ReadWhole<std::int32_t>(node, at, slot, &Reflection::SetInt32,
                                       &Reflection::AddInt32);
      case FieldDescriptor::CPPTYPE_INT64:
        return ReadWhole<std::int64_t>(node, at, slot, &Reflection::SetInt64,
                                       &Reflection::AddInt64);
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

  void ReadBool(const YamlNode& node, const std::string& at, const Slot& slot) {
    const bool yes = node.text == "true";
    if (node.quoted || (!yes && node.text != "false")) {
      return log_->Error(Rule::kWrongValue, node.line, at, "must be true or false");
    }
    Put<bool>(slot, &Reflection::SetBool, &Reflection::AddBool, yes);
  }

  void ReadEnum(const YamlNode& node, const std::string& at, const Slot& slot) {
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

  template <typename Whole>
  void ReadWhole(const YamlNode& node, const std::string& at, const Slot& slot,
                 void (Reflection::*set)(Message*, const FieldDescriptor*, Whole) const,
                 void (Reflection::*add)(Message*, const FieldDescriptor*, Whole) const) {
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

  template <typename Number>
  void ReadNumber(const YamlNode& node, const std::string& at, const Slot& slot,
                  void (Reflection::*set)(Message*, const FieldDescriptor*, Number) const,
                  void (Reflection::*add)(Message*, const FieldDescriptor*, Number) const) {
    double number = 0;
    if (node.quoted || !absl::SimpleAtod(node.text, &number)) {
      return log_->Error(Rule::kWrongValue, node.line, at, "must be a number");
    }
    if (InRange(node, at, *slot.field, number, "")) {
      Put<Number>(slot, set, add, static_cast<Number>(number));
    }
  }

  void ReadDuration(const YamlNode& node, const std::string& at, const FieldDescriptor& field,
                    Message* message) {
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

  bool InRange(const YamlNode& node, const std::string& at, const FieldDescriptor& field,
               double number, absl::string_view unit) {
    const v1::SettingRules& rules = field.options().GetExtension(v1::setting);
    if (rules.least() == 0 && rules.most() == 0) return true;
    if (rules.least() <= number && number <= rules.most()) return true;
    log_->Error(Rule::kWrongValue, node.line, at,
                absl::StrCat("must be from ", rules.least(), " to ", rules.most(), unit));
    return false;
  }

  void WrongKind(const YamlNode& node, const std::string& at, absl::string_view wanted) {
    log_->Error(Rule::kWrongValue, node.line, at,
                absl::StrCat("must be ", wanted, ", but is ", node.KindName()));
  }

  KeyLines* lines_;
  FindingLog* log_;
};

}  // namespace

void ReadMessage(const YamlNode& node, Message* message, KeyLines* lines, FindingLog* log) {
  MessageReader(lines, log).Read(node, "", message);
}

}  // namespace portico::capability
