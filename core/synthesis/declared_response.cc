#include "core/synthesis/declared_response.h"

#include <cstddef>
#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/synthesis/field_names.h"
#include "core/synthesis/identifier.h"
#include "core/synthesis/unique_names.h"

namespace portico::synthesis {
namespace {

using google::protobuf::FieldDescriptorProto;
using plan::Output;
using Type = Output::Type;

constexpr char kRemainder[] =
    "The text of a JSON object: members that no field holds exactly, such as null, an empty "
    "list, numbers that do not fit, and those that are not declared.";
constexpr char kWhole[] =
    "In an answer or element that is not what is declared, its whole JSON text.";

bool IsMessage(const Output& output) {
  return output.type == Type::kObject && !output.properties.empty();
}

const Output& ElementOf(const Output& output) {
  return output.type == Type::kArray && !output.items.empty() ? output.items[0] : output;
}

// An object that becomes a nested message. Its path tells it apart.
struct Part {
  const Output* output;
  std::string path;
  std::string identifier;
};

class Writer {
 public:
  Writer(std::string full_name, std::vector<std::string>* problems)
      : full_name_(std::move(full_name)), problems_(*problems) {}

  MessageText Write(const Output& output, const std::string& name) {
    output.type == Type::kArray ? FindPartsOf(output, kResultField, "Result")
                                : FindParts(output, "", "");
    NameParts();
    MessageText text;
    text.message.set_name(name);
    output.type == Type::kArray ? AddElements(output, &text) : AddMembers(output, &text);
    for (const Part& part : parts_) {
      MessageText nested;
      nested.message.set_name(names_.at(part.output));
      AddMembers(*part.output, &nested);
      *text.message.add_nested_type() = std::move(nested.message);
      text.nested_comments.push_back(std::move(nested.comments));
    }
    return text;
  }

 private:
  void FindParts(const Output& object, const std::string& path, const std::string& identifier) {
    for (const Output& property : object.properties) {
      if (!MayBeJsonName(property.name)) continue;
      FindPartsOf(property, absl::StrCat(path, "/", property.name),
                  absl::StrCat(identifier, MethodIdentifier(FieldIdentifier(property.name))));
    }
  }

  void FindPartsOf(const Output& output, const std::string& path, const std::string& identifier) {
    const Output& held = ElementOf(output);
    if (!IsMessage(held)) return;
    parts_.push_back({&held, path, identifier});
    FindParts(held, path, identifier);
  }

  // The suffix keeps them off what generated classes have: Builder, Swap, Clear.
  void NameParts() {
    std::vector<Name> written;
    for (const Part& part : parts_) {
      written.push_back({part.path, absl::StrCat(part.identifier, "Object")});
    }
    const std::vector<std::string> unique = UniqueNames(written, "");
    for (std::size_t i = 0; i < parts_.size(); ++i) names_[parts_[i].output] = unique[i];
  }

  void SetType(const Output& output, FieldDescriptorProto* field) const {
    switch (output.type) {
      case Type::kString:
        return field->set_type(FieldDescriptorProto::TYPE_STRING);
      case Type::kInteger:
        return field->set_type(FieldDescriptorProto::TYPE_INT64);
      case Type::kNumber:
        return field->set_type(FieldDescriptorProto::TYPE_DOUBLE);
      case Type::kBoolean:
        return field->set_type(FieldDescriptorProto::TYPE_BOOL);
      default:
        break;
    }
    field->set_type(FieldDescriptorProto::TYPE_MESSAGE);
    if (IsMessage(output)) {
      field->set_type_name(absl::StrCat(".", full_name_, ".", names_.at(&output)));
    } else {
      field->set_type_name(output.type == Type::kObject  ? ".google.protobuf.Struct"
                           : output.type == Type::kArray ? ".google.protobuf.ListValue"
                                                         : ".google.protobuf.Value");
    }
  }

  FieldDescriptorProto& AddField(const Output& output, const std::string& name, int number,
                                 MessageText* text) const {
    FieldDescriptorProto& field = *text->message.add_field();
    field.set_name(name);
    field.set_number(number);
    const bool repeated = &ElementOf(output) != &output;
    field.set_label(repeated ? FieldDescriptorProto::LABEL_REPEATED
                             : FieldDescriptorProto::LABEL_OPTIONAL);
    SetType(ElementOf(output), &field);
    if (!repeated && field.type() != FieldDescriptorProto::TYPE_MESSAGE) {
      field.set_proto3_optional(true);
      field.set_oneof_index(text->message.oneof_decl_size());
      text->message.add_oneof_decl()->set_name(absl::StrCat("_", name));
    }
    return field;
  }

  void AddElements(const Output& output, MessageText* text) const {
    AddField(output, kResultField, 1, text);
    text->comments.push_back(output.description.empty() ? "The elements of the answer."
                                                        : output.description);
    AddUnmodeled("The text of an answer that `result` does not hold exactly.", text);
  }

  void AddMembers(const Output& object, MessageText* text) const {
    std::vector<std::string> written;
    std::vector<const Output*> members;
    std::vector<std::string> unnameable;
    for (const Output& property : object.properties) {
      if (!MayBeJsonName(property.name)) {
        unnameable.push_back(absl::StrCat("`", property.name, "`"));
        continue;
      }
      written.push_back(property.name);
      members.push_back(&property);
    }
    const std::vector<FieldName> names = NameFields(written, &problems_);
    for (std::size_t i = 0; i < members.size(); ++i) {
      AddField(*members[i], names[i].identifier, names[i].number, text).set_json_name(written[i]);
      text->comments.push_back(members[i]->description.empty()
                                   ? absl::StrCat("`", written[i], "` of the answer.")
                                   : members[i]->description);
    }
    std::string comment = absl::StrCat(kRemainder, " ", kWhole);
    if (!unnameable.empty()) {
      absl::StrAppend(&comment, " Always here: ", absl::StrJoin(unnameable, ", "), ".");
    }
    AddUnmodeled(comment, text);
  }

  static void AddUnmodeled(std::string comment, MessageText* text) {
    FieldDescriptorProto& field = *text->message.add_field();
    field.set_name(kUnmodeledField);
    field.set_number(kUnmodeledNumber);
    field.set_label(FieldDescriptorProto::LABEL_OPTIONAL);
    field.set_type(FieldDescriptorProto::TYPE_STRING);
    text->comments.push_back(std::move(comment));
  }

  const std::string full_name_;
  std::vector<std::string>& problems_;
  std::vector<Part> parts_;
  std::map<const Output*, std::string> names_;
};

}  // namespace

MessageText WriteDeclaredResponse(const Output& output, const std::string& name,
                                  const std::string& package, std::vector<std::string>* problems) {
  return Writer(absl::StrCat(package, ".", name), problems).Write(output, name);
}

}  // namespace portico::synthesis
