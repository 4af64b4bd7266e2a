#include "core/synthesis/declared_response.h"

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/struct.pb.h>
#include <gtest/gtest.h>

#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/synthesis/field_number.h"

namespace portico::synthesis {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using plan::Output;
using testing::ElementsAre;
using testing::HasSubstr;
using Type = Output::Type;

Output Of(const std::string& name, Type type) {
  Output output;
  output.name = name;
  output.type = type;
  return output;
}

Output Object(const std::string& name, std::vector<Output> properties) {
  Output output = Of(name, Type::kObject);
  output.properties = std::move(properties);
  return output;
}

Output Array(const std::string& name, Output element) {
  Output output = Of(name, Type::kArray);
  output.items.push_back(std::move(element));
  return output;
}

// The message as Protobuf takes it, in the package `p`.
class DeclaredResponseTest : public testing::Test {
 protected:
  const Descriptor& Build(const Output& output) {
    (void)google::protobuf::Value::descriptor();  // linked in
    text_ = WriteDeclaredResponse(output, "GetResponse", "p", &problems_);
    google::protobuf::FileDescriptorProto file;
    file.set_name("p.proto");
    file.set_package("p");
    file.set_syntax("proto3");
    file.add_dependency("google/protobuf/struct.proto");
    *file.add_message_type() = text_.message;
    return *pool_.BuildFile(file)->message_type(0);
  }

  MessageText text_;
  std::vector<std::string> problems_;
  google::protobuf::DescriptorPool pool_{google::protobuf::DescriptorPool::generated_pool()};
};

std::vector<std::string> FieldsOf(const Descriptor& message) {
  std::vector<std::string> fields;
  for (int i = 0; i < message.field_count(); ++i) {
    const FieldDescriptor& field = *message.field(i);
    fields.push_back(absl::StrCat(field.is_repeated()            ? "repeated "
                                  : field.has_optional_keyword() ? "optional "
                                                                 : "",
                                  field.type() == FieldDescriptor::TYPE_MESSAGE
                                      ? field.message_type()->name()
                                      : field.type_name(),
                                  " ", field.name(), " [", field.json_name(), "]"));
  }
  return fields;
}

constexpr char kRemainder[] = "string unmodeled_json [unmodeledJson]";

TEST_F(DeclaredResponseTest, EachTypeOfMemberHasItsField) {
  const Descriptor& message =
      Build(Object("", {Of("s", Type::kString), Of("i", Type::kInteger), Of("n", Type::kNumber),
                        Of("b", Type::kBoolean), Of("any", Type::kAny), Of("free", Type::kObject),
                        Of("list", Type::kArray), Array("texts", Of("", Type::kString)),
                        Array("grid", Array("", Of("", Type::kNumber))),
                        Object("a-b", {Of("body", Type::kString)}),
                        Array("rows", Object("", {Of("x", Type::kInteger)}))}));
  EXPECT_THAT(FieldsOf(message),
              ElementsAre("optional string s [s]", "optional int64 i [i]", "optional double n [n]",
                          "optional bool b [b]", "Value any [any]", "Struct free [free]",
                          "ListValue list [list]", "repeated string texts [texts]",
                          "repeated ListValue grid [grid]", "ABObject a_b [a-b]",
                          "repeated RowsObject rows [rows]", kRemainder));
  EXPECT_THAT(FieldsOf(*message.FindNestedTypeByName("ABObject")),
              ElementsAre("optional string body_value [body]", kRemainder));
  EXPECT_EQ(message.FindFieldByName("texts")->number(), ParameterNumber("texts"));
  EXPECT_EQ(message.FindFieldByName("unmodeled_json")->number(), 1000);
  EXPECT_EQ(static_cast<int>(text_.comments.size()), message.field_count());
  EXPECT_EQ(static_cast<int>(text_.nested_comments.size()), message.nested_type_count());
}

TEST_F(DeclaredResponseTest, AnArrayIsTheRepeatedResult) {
  EXPECT_THAT(FieldsOf(Build(Array("", Object("", {Of("id", Type::kString)})))),
              ElementsAre("repeated ResultObject result [result]", kRemainder));
}

TEST_F(DeclaredResponseTest, ObjectsThatWouldBeCalledAlikeAreToldApart) {
  const Output leaf = Of("x", Type::kString);
  const Descriptor& message =
      Build(Object("", {Object("a", {Object("bC", {leaf}), Object("a", {leaf})}),
                        Object("aB", {Object("c", {leaf})})}));
  std::set<std::string> names;
  for (int i = 0; i < message.nested_type_count(); ++i) {
    names.insert(message.nested_type(i)->name());
  }
  EXPECT_EQ(names.size(), 5u);
  EXPECT_EQ(names.count("ABCObject"), 1u);
}

TEST_F(DeclaredResponseTest, AMemberMoreChangesNoOther) {
  const auto number = [](const Output& output) {
    std::vector<std::string> problems;
    const MessageText text = WriteDeclaredResponse(output, "R", "p", &problems);
    for (const auto& field : text.message.field()) {
      if (field.json_name() == "kept") return field.number();
    }
    return 0;
  };
  const Output kept = Of("kept", Type::kString), other = Of("other", Type::kString);
  EXPECT_NE(number(Object("", {kept})), 0);
  EXPECT_EQ(number(Object("", {kept})), number(Object("", {other, kept})));
}

TEST_F(DeclaredResponseTest, WhatNoFieldCanBeCalledIsNamedByTheRemainder) {
  EXPECT_THAT(FieldsOf(Build(Object("", {Of("[x]", Type::kString), Of("y", Type::kString)}))),
              ElementsAre("optional string y [y]", kRemainder));
  EXPECT_THAT(text_.comments.back(), HasSubstr("Always here: `[x]`."));
}

}  // namespace
}  // namespace portico::synthesis
