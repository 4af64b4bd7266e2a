#include "core/codec/message_plan.h"

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/status/status.h"
#include "core/codec/testdata/refused.pb.h"
#include "core/codec/testdata/refused2.pb.h"
#include "core/codec/testdata/things.pb.h"

namespace portico::codec {
namespace {

using testing::HasSubstr;

TEST(MessagePlan, FieldsAreFoundByJsonNameAndNumberAlone) {
  const auto plan = CompileMessagePlan(test::Thing::descriptor());
  ASSERT_TRUE(plan.ok()) << plan.status();
  const auto* descriptor = test::Thing::descriptor();
  for (int i = 0; i < descriptor->field_count(); ++i) {
    const auto* field = descriptor->field(i);
    if (field->name() == "unmodeled_json") continue;
    const FieldPlan* by_key = (*plan)->FindKey(field->json_name());
    ASSERT_NE(by_key, nullptr) << field->name();
    EXPECT_EQ(by_key->name, field->name());
    EXPECT_EQ((*plan)->FindNumber(field->number()), by_key);
  }
  for (const char* key : {"free_form", "unmodeledJson", "unmodeled_json", "", "i", "Id", "custom",
                          "custom_name", "idd"}) {
    EXPECT_EQ((*plan)->FindKey(key), nullptr) << key;
  }
  for (const std::uint32_t number : {0u, 18u, 46u + 1, 1000u, 1999u, 2001u, 536870911u}) {
    EXPECT_EQ((*plan)->FindNumber(number), nullptr) << number;
  }
  EXPECT_TRUE((*plan)->TakesUnmodeled(1000));
}

TEST(MessagePlan, RecursiveTypesAreOnePlan) {
  const auto plan = CompileMessagePlan(test::Thing::descriptor());
  ASSERT_TRUE(plan.ok());
  EXPECT_EQ((*plan)->FindKey("part")->message, plan->get());
  EXPECT_EQ((*plan)->FindKey("bare")->message->FindKey("thing")->message, plan->get());
}

TEST(MessagePlan, WhatJsonCannotHoldIsRefusedByName) {
  const struct {
    const google::protobuf::Descriptor* type;
    const char* named;
    const char* why;
  } rows[] = {
      {test::WithBytes::descriptor(), "test.WithBytes.data", "bytes"},
      {test::WithFloat::descriptor(), "test.WithFloat.ratio", "float"},
      {test::WithEnum::descriptor(), "test.WithEnum.color", "enum"},
      {test::WithOneof::descriptor(), "test.WithOneof.name", "oneof"},
      {test::WithAny::descriptor(), "test.WithAny.detail", "google.protobuf.Any"},
      {test::WithTimestamp::descriptor(), "test.WithTimestamp.time", "google.protobuf.Timestamp"},
      {test::WithWrapper::descriptor(), "test.WithWrapper.text", "google.protobuf.StringValue"},
      {test::WithNumberKeys::descriptor(), "test.WithNumberKeys.names", "keys"},
      {test::WithBytesInMap::descriptor(), "test.WithBytesInMap.BlobsEntry.value", "bytes"},
      {test::WithBytesInside::descriptor(), "test.WithBytes.data", "bytes"},
      {test::WithWrongUnmodeledType::descriptor(), "test.WithWrongUnmodeledType.unmodeled_json",
       "unmodeled_json"},
      {test::WithWrongUnmodeledNumber::descriptor(), "test.WithWrongUnmodeledNumber.unmodeled_json",
       "1000"},
      {test::WithWrongUnmodeledName::descriptor(), "test.WithWrongUnmodeledName.rest",
       "unmodeled_json"},
      {test::WithDefaults::descriptor(), "test.WithDefaults", "proto3"},
      {test::HoldsDefaults::descriptor(), "test.HoldsDefaults", "proto3"},
  };
  for (const auto& row : rows) {
    const auto plan = CompileMessagePlan(row.type);
    ASSERT_EQ(plan.status().code(), absl::StatusCode::kInvalidArgument) << row.named;
    const std::string message(plan.status().message());
    EXPECT_THAT(message, HasSubstr(std::string("\"") + row.named + "\""));
    EXPECT_THAT(message, HasSubstr(row.why));
  }
}

}  // namespace
}  // namespace portico::codec
