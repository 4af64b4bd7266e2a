#include "core/capability/message_reader.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/capability/field_value.h"
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

class MessageReader {
 public:
  MessageReader(KeyLines* lines, FindingLog* log) : lines_(lines), log_(log), values_(log) {}

  void Read(const YamlNode& node, const std::string& path, Message* message) {
    if (node.kind != Kind::kMap) return values_.WrongKind(node, path, "a mapping");
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
    names.reserve(type.field_count());
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

  void ReadField(const YamlNode& node, const std::string& at, const FieldSlot& slot) {
    if (slot.field->is_map()) return ReadMap(node, at, slot);
    if (!slot.field->is_repeated()) return ReadValue(node, at, slot);
    if (node.kind != Kind::kSequence) return values_.WrongKind(node, at, "a list");
    for (std::size_t i = 0; i < node.items.size(); ++i) {
      const std::string item = absl::StrCat(at, "[", i, "]");
      lines_->Add(item, node.items[i]->line);
      ReadValue(*node.items[i], item, slot);
    }
  }

  // A map is a list of messages with the fields `key` and `value`.
  void ReadMap(const YamlNode& node, const std::string& at, const FieldSlot& slot) {
    if (node.kind != Kind::kMap) return values_.WrongKind(node, at, "a mapping");
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

  void ReadValue(const YamlNode& node, const std::string& at, const FieldSlot& slot) {
    if (slot.field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) {
      return values_.ReadScalar(node, at, slot);
    }
    const Reflection& reflection = *slot.message->GetReflection();
    Message* nested = slot.field->is_repeated()
                          ? reflection.AddMessage(slot.message, slot.field)
                          : reflection.MutableMessage(slot.message, slot.field);
    if (slot.field->message_type()->full_name() == kDuration) {
      values_.ReadDuration(node, at, *slot.field, nested);
    } else {
      Read(node, at, nested);
    }
  }

  KeyLines* lines_;
  FindingLog* log_;
  FieldValueReader values_;
};

}  // namespace

void ReadMessage(const YamlNode& node, Message* message, KeyLines* lines, FindingLog* log) {
  MessageReader(lines, log).Read(node, "", message);
}

}  // namespace portico::capability
