#include "core/codec/request_codec.h"

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>
#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <vector>

#include "backstage/scaffolder/v1/tasks.pb.h"
#include "core/codec/testdata/refused.pb.h"
#include "core/codec/testdata/requests.pb.h"
#include "portico/v1/annotations.pb.h"

namespace portico::codec {
namespace {

using google::protobuf::FieldDescriptor;
using test::Query;
using test::Request;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

template <class Message>
absl::StatusOr<RequestCodec> Compile(const std::vector<std::string>& parameters,
                                     bool rest_is_body) {
  std::vector<const FieldDescriptor*> fields;
  fields.reserve(parameters.size());
  for (const std::string& name : parameters) {
    fields.push_back(Message::descriptor()->FindFieldByName(name));
  }
  return RequestCodec::Compile(Message::descriptor(), fields, rest_is_body);
}

RequestParts Split(const absl::StatusOr<RequestCodec>& codec, const google::protobuf::Message& m) {
  EXPECT_TRUE(codec.ok()) << codec.status();
  RequestParts parts;
  for (const FieldViolation& violation : codec->Split(m.SerializeAsString(), &parts)) {
    ADD_FAILURE() << violation.field << ": " << violation.description;
  }
  return parts;
}

TEST(RequestCodec, ParametersBecomeTextsAndTheRestTheBody) {
  const auto codec = Compile<Request>({"owner", "task_id", "limit", "ratio", "flags", "dry"}, true);
  Request request;
  request.set_task_id("a/b\r\n\"\xC3\xA9");
  request.add_owner("x");
  request.add_owner("");
  request.set_limit(-9223372036854775807);
  request.set_ratio(1e21);
  request.add_flags(true);
  request.add_flags(false);
  request.set_dry(false);
  request.set_name("n");
  (*request.mutable_values()->mutable_fields())["k"].set_number_value(1);
  request.add_directory_contents()->set_path("p");
  request.mutable_nested()->set_task_id("inner");
  (*request.mutable_secrets())["s"] = "t";
  request.set_unmodeled_json(R"({"extra": 1.0})");
  const RequestParts parts = Split(codec, request);
  EXPECT_THAT(parts.parameters,
              ElementsAre(ElementsAre("x", ""), ElementsAre("a/b\r\n\"\xC3\xA9"),
                          ElementsAre("-9223372036854775807"), ElementsAre("1e+21"),
                          ElementsAre("true", "false"), ElementsAre("false")));
  EXPECT_EQ(parts.body,
            R"({"values":{"k":1},"directoryContents":[{"path":"p"}],"nested":{"taskId":"inner"},)"
            R"("name":"n","secrets":{"s":"t"},"extra": 1.0})");
  EXPECT_FALSE(parts.body_empty);
}

TEST(RequestCodec, AbsentFieldsAreNeitherParametersNorMembers) {
  const auto codec = Compile<Request>({"task_id", "owner"}, true);
  const RequestParts parts = Split(codec, Request());
  EXPECT_THAT(parts.parameters, ElementsAre(IsEmpty(), IsEmpty()));
  EXPECT_EQ(parts.body, "{}");
  EXPECT_TRUE(parts.body_empty);
}

TEST(RequestCodec, PartsAreWrittenAnew) {
  const auto codec = Compile<Request>({"task_id"}, true);
  RequestParts parts;
  parts.parameters = {{"old"}, {"old"}};
  parts.body = "old";
  EXPECT_THAT(codec->Split("", &parts), IsEmpty());
  EXPECT_THAT(parts.parameters, ElementsAre(IsEmpty()));
  EXPECT_EQ(parts.body, "{}");
}

TEST(RequestCodec, WithoutABodyThereIsNone) {
  const auto codec = Compile<Query>({"after", "id"}, false);
  Query query;
  query.set_id("i");
  query.set_after(7);
  const RequestParts parts = Split(codec, query);
  EXPECT_THAT(parts.parameters, ElementsAre(ElementsAre("7"), ElementsAre("i")));
  EXPECT_EQ(parts.body, "");
  EXPECT_TRUE(parts.body_empty);
}

TEST(RequestCodec, WithoutABodyNothingIsDropped) {
  const auto codec = Compile<Query>({"id", "after"}, false);
  Query query;
  query.set_unmodeled_json(R"({"x":1})");
  RequestParts parts;
  const auto violations = codec->Split(query.SerializeAsString(), &parts);
  ASSERT_EQ(violations.size(), 1u);
  EXPECT_EQ(violations[0].field, "unmodeled_json");
  EXPECT_THAT(violations[0].description, HasSubstr("no body"));
}

TEST(RequestCodec, TheLastOfASingularParameterCounts) {
  const auto codec = Compile<Request>({"task_id", "limit", "flags"}, true);
  RequestParts parts;
  // flags: packed, then unpacked
  const std::string wire(
      "\x0A\x01"
      "a\x18\x05\x2A\x02\x01\x00\x0A\x01"
      "b\x18\x06\x28\x01",
      16);
  EXPECT_THAT(codec->Split(wire, &parts), IsEmpty());
  EXPECT_THAT(parts.parameters, ElementsAre(ElementsAre("b"), ElementsAre("6"),
                                            ElementsAre("true", "false", "true")));
}

TEST(RequestCodec, EveryViolationIsReported) {
  const auto codec = Compile<Request>({"task_id", "owner", "ratio"}, true);
  Request request;
  request.set_ratio(std::numeric_limits<double>::infinity());
  request.add_directory_contents();
  request.mutable_nested()->set_unmodeled_json("[]");
  request.set_unmodeled_json("{");
  (*request.mutable_values()->mutable_fields())["k"];  // a Value without a value
  std::string wire = request.SerializeAsString();
  wire += std::string("\x0A\x01\xFF", 3);           // task_id
  wire += std::string("\x12\x01x\x12\x01\xFF", 6);  // owner[1]
  wire += std::string("\x42\x03\x0A\x01\xFF", 5);   // directory_contents[1].path
  RequestParts parts;
  std::vector<std::string> fields;
  for (const FieldViolation& violation : codec->Split(wire, &parts)) {
    fields.push_back(violation.field);
    EXPECT_NE(violation.description, "");
  }
  EXPECT_THAT(fields, testing::UnorderedElementsAre(
                          "ratio", "values[\"k\"]", "nested.unmodeled_json", "task_id", "owner[1]",
                          "directory_contents[1].path", "unmodeled_json"));
}

TEST(RequestCodec, AListThatTheApiRequiresIsSentEmpty) {
  using backstage::scaffolder::v1::DryRunTaskRequest;
  const auto codec = Compile<DryRunTaskRequest>({}, true);
  DryRunTaskRequest request;
  EXPECT_EQ(Split(codec, request).body, R"({"directoryContents":[]})");
  EXPECT_TRUE(Split(codec, request).body_empty) << "no field was set";
  request.set_unmodeled_json("{}");
  EXPECT_TRUE(Split(codec, request).body_empty);
  request.set_unmodeled_json(R"({"directoryContents":[7]})");
  EXPECT_EQ(Split(codec, request).body, R"({"directoryContents":[],"directoryContents":[7]})")
      << "the last one counts";
  request.clear_unmodeled_json();
  request.mutable_values();
  EXPECT_EQ(Split(codec, request).body, R"({"values":{},"directoryContents":[]})");
  EXPECT_FALSE(Split(codec, request).body_empty);
  request.add_directory_contents()->set_path("p");
  EXPECT_EQ(Split(codec, request).body, R"({"values":{},"directoryContents":[{"path":"p"}]})");
}

TEST(RequestCodec, OnlyListsAndMapsOfTheBodyCanBeSentEmpty) {
  google::protobuf::FileDescriptorProto file;
  file.set_name("sent_empty.proto");
  file.set_syntax("proto3");
  auto& message = *file.add_message_type();
  message.set_name("M");
  auto& field = *message.add_field();
  field.set_name("list");
  field.set_number(1);
  field.set_type(google::protobuf::FieldDescriptorProto::TYPE_STRING);
  field.set_label(google::protobuf::FieldDescriptorProto::LABEL_REPEATED);
  field.mutable_options()->MutableExtension(portico::v1::member)->set_send_empty(true);
  google::protobuf::DescriptorPool pool(google::protobuf::DescriptorPool::generated_pool());
  const auto* list = pool.BuildFile(file)->message_type(0);
  EXPECT_TRUE(RequestCodec::Compile(list, {}, true).ok());
  const FieldDescriptor* parameter = list->field(0);
  EXPECT_THAT(std::string(RequestCodec::Compile(list, {&parameter, 1}, true).status().message()),
              HasSubstr("M.list\": send_empty"));

  file.set_name("sent_singular.proto");
  message.set_name("N");
  field.set_label(google::protobuf::FieldDescriptorProto::LABEL_OPTIONAL);
  const auto* singular = pool.BuildFile(file)->message_type(0);
  EXPECT_THAT(std::string(RequestCodec::Compile(singular, {}, true).status().message()),
              HasSubstr("N.list\": send_empty"));
}

TEST(RequestCodec, AStructIsAParameterOfOneJsonText) {
  const auto codec = Compile<Request>({"values", "name"}, true);
  Request request;
  (*request.mutable_values()->mutable_fields())["k"]
      .mutable_list_value()
      ->add_values()
      ->set_bool_value(true);
  request.set_name("n");
  RequestParts parts = Split(codec, request);
  EXPECT_THAT(parts.parameters, ElementsAre(ElementsAre(R"({"k":[true]})"), ElementsAre("n")));
  EXPECT_TRUE(parts.body_empty);
  request.mutable_values()->clear_fields();
  EXPECT_THAT(Split(codec, request).parameters[0], ElementsAre("{}"));
  request.clear_values();
  EXPECT_THAT(Split(codec, request).parameters[0], IsEmpty());
}

TEST(RequestCodec, AFieldFeedsTwoParameters) {
  const auto codec = Compile<Request>({"name", "task_id", "name"}, true);
  Request request;
  request.set_name("n");
  EXPECT_THAT(Split(codec, request).parameters,
              ElementsAre(ElementsAre("n"), IsEmpty(), ElementsAre("n")));
}

// `body`, its text or both, as what is sent; or what is wrong.
std::string WholeBody(const google::protobuf::Message& request) {
  const auto* id = test::WholeBody::descriptor()->FindFieldByName("id");
  const auto codec = RequestCodec::Compile(test::WholeBody::descriptor(), {&id, 1}, false,
                                           test::WholeBody::descriptor()->FindFieldByName("body"));
  EXPECT_TRUE(codec.ok()) << codec.status();
  RequestParts parts;
  const auto violations = codec->Split(request.SerializeAsString(), &parts);
  if (!violations.empty()) return violations[0].field + ": " + violations[0].description;
  EXPECT_EQ(parts.body_empty, parts.body.empty());
  return parts.body;
}

TEST(RequestCodec, AWholeBodyIsAnyJson) {
  test::WholeBody request;
  request.set_id("i");
  EXPECT_EQ(WholeBody(request), "");
  request.mutable_body()->set_number_value(5);
  EXPECT_EQ(WholeBody(request), "5");
  request.mutable_body()->set_null_value(google::protobuf::NULL_VALUE);
  EXPECT_EQ(WholeBody(request), "null");
  request.mutable_body()->mutable_list_value()->add_values()->set_string_value("x");
  EXPECT_EQ(WholeBody(request), R"(["x"])");
  request.mutable_body()->mutable_struct_value();
  EXPECT_EQ(WholeBody(request), "{}");
  request.mutable_body()->Clear();
  EXPECT_THAT(WholeBody(request), HasSubstr("body: a google.protobuf.Value without a value"));
}

TEST(RequestCodec, TheTextOfAWholeBodyIsSentAsItIs) {
  test::WholeBody request;
  request.set_unmodeled_json(" [1e400, {\"a\":1,\"a\":2}] ");
  EXPECT_EQ(WholeBody(request), R"([1e400, {"a":1,"a":2}])");
  request.set_unmodeled_json("[1");
  EXPECT_THAT(WholeBody(request), HasSubstr("unmodeled_json: not JSON: byte 2"));
  request.mutable_body()->set_bool_value(true);
  request.set_unmodeled_json("1");
  EXPECT_THAT(WholeBody(request), HasSubstr("unmodeled_json: the body is given already"));
}

TEST(RequestCodec, BytesThatAreNoMessageAreOneViolation) {
  const auto codec = Compile<Request>({"task_id"}, true);
  for (const std::string& wire :
       {std::string("\x0A"), std::string("\xC0\x3E\x01", 3),
        std::string("\x0A\x01x\xF8\x07\x01", 6), std::string("\x08\x01")}) {
    RequestParts parts;
    EXPECT_EQ(codec->Split(wire, &parts).size(), 1u);
  }
}

TEST(RequestCodec, FieldsThatCannotBeBoundAreRefusedByName) {
  const auto refusal = [](const absl::StatusOr<RequestCodec>& codec) {
    EXPECT_EQ(codec.status().code(), absl::StatusCode::kInvalidArgument);
    return std::string(codec.status().message());
  };
  EXPECT_THAT(refusal(Compile<Request>({"secrets"}, true)), HasSubstr("test.Request.secrets"));
  EXPECT_THAT(refusal(Compile<Request>({"nested"}, true)), HasSubstr("test.Request.nested"));
  EXPECT_THAT(refusal(Compile<Request>({"unmodeled_json"}, true)), HasSubstr("unmodeled_json"));
  EXPECT_THAT(refusal(Compile<Request>({"directory_contents"}, true)),
              HasSubstr("test.Request.directory_contents"));
  EXPECT_THAT(refusal(Compile<Query>({"id"}, false)), HasSubstr("test.Query.after"));
  EXPECT_THAT(refusal(Compile<test::WithBytes>({}, true)), HasSubstr("test.WithBytes.data"));
  const FieldDescriptor* foreign = Query::descriptor()->FindFieldByName("id");
  EXPECT_THAT(refusal(RequestCodec::Compile(Request::descriptor(), {&foreign, 1}, true)),
              HasSubstr("test.Query.id"));
}

}  // namespace
}  // namespace portico::codec
