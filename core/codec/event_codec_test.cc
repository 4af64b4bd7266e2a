#include "core/codec/event_codec.h"

#include <gmock/gmock.h>
#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include <string>

#include "core/codec/testdata/refused.pb.h"
#include "core/codec/testdata/requests.pb.h"

namespace portico::codec {
namespace {

using testing::HasSubstr;

template <class Message>
Message Convert(const Event& event) {
  const auto codec = EventCodec::Compile(Message::descriptor());
  EXPECT_TRUE(codec.ok()) << codec.status();
  std::string wire;
  EXPECT_TRUE(codec->EventToWire(event, &wire).ok());
  Message message;
  EXPECT_TRUE(message.ParseFromString(wire));
  return message;
}

TEST(EventCodec, DataIsKeptAndParsed) {
  Event event;
  event.id = "7";
  event.event = "log";
  event.data = R"({"id":1,"x":2})";
  event.retry_ms = 3000;
  const auto message = Convert<test::Event>(event);
  EXPECT_EQ(message.id(), "7");
  EXPECT_EQ(message.event(), "log");
  EXPECT_EQ(message.data(), R"({"id":1,"x":2})");
  EXPECT_EQ(message.retry_ms(), 3000u);
  EXPECT_EQ(message.payload().id(), 1);
  EXPECT_EQ(message.payload().unmodeled_json(), R"({"x":2})");
}

TEST(EventCodec, WhatTheStreamDidNotSayStaysUnset) {
  const auto message = Convert<test::Event>(Event());
  EXPECT_EQ(message.ByteSizeLong(), 0u);
  Event empty;
  empty.id = empty.event = empty.data = "";
  empty.retry_ms = 0;
  const auto set = Convert<test::Event>(empty);
  EXPECT_TRUE(set.has_id() && set.has_event() && set.has_data() && set.has_retry_ms());
  EXPECT_FALSE(set.has_payload());
}

TEST(EventCodec, AValueTakesDataOfAnyJson) {
  Event event;
  event.data = "[1,null]";
  const auto message = Convert<test::AnyEvent>(event);
  EXPECT_EQ(message.data(), "[1,null]");
  EXPECT_EQ(message.result().list_value().values_size(), 2);
  for (const char* data : {"", "text", "9007199254740993", "1]"}) {
    event.data = data;
    const auto kept = Convert<test::AnyEvent>(event);
    EXPECT_EQ(kept.data(), data);
    EXPECT_FALSE(kept.has_result()) << data;
  }
}

TEST(EventCodec, DataThatIsNoObjectHasNoPayload) {
  for (const char* data : {"", "text", "[1]", "5", "null", "{", "{\"id\":1}}"}) {
    Event event;
    event.data = data;
    const auto message = Convert<test::Event>(event);
    EXPECT_EQ(message.data(), data);
    EXPECT_FALSE(message.has_payload()) << data;
  }
  Event empty_object;
  empty_object.data = "{}";
  EXPECT_TRUE(Convert<test::Event>(empty_object).has_payload());
}

TEST(EventCodec, APayloadWithoutRestIsSetOnlyWhenItFits) {
  Event event;
  event.data = R"({"id":1})";
  EXPECT_EQ(Convert<test::StrictEvent>(event).payload().id(), 1);
  event.data = R"({"id":1,"x":2})";
  EXPECT_FALSE(Convert<test::StrictEvent>(event).has_payload());
  EXPECT_EQ(Convert<test::StrictEvent>(event).data(), R"({"id":1,"x":2})");
}

TEST(EventCodec, ThePayloadCountsAsALevel) {
  for (int depth = 0; depth < 60; ++depth) {
    const std::string data =
        R"({"value":)" + std::string(depth, '[') + "1" + std::string(depth, ']') + "}";
    Event event;
    event.data = data;
    const auto message = Convert<test::Event>(event);  // which Protobuf parses
    // The payload, its Value, and two for every list.
    EXPECT_EQ(message.payload().has_value(), 2 + 2 * depth <= 100) << depth;
  }
}

TEST(EventCodec, AnEventWithoutPayloadIsText) {
  Event event;
  event.data = "{}";
  EXPECT_EQ(Convert<test::BareEvent>(event).data(), "{}");
}

TEST(EventCodec, TextThatIsNotUtf8IsRefusedByName) {
  const auto codec = EventCodec::Compile(test::Event::descriptor());
  const auto refusal = [&](const Event& event) {
    std::string wire = "before";
    const absl::Status status = codec->EventToWire(event, &wire);
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    EXPECT_EQ(wire, "before");
    return std::string(status.message());
  };
  Event event;
  event.data = "\xFF";
  EXPECT_THAT(refusal(event), HasSubstr("data"));
  event = Event();
  event.id = "\xFF";
  EXPECT_THAT(refusal(event), HasSubstr("id"));
  event = Event();
  event.event = "\xFF";
  EXPECT_THAT(refusal(event), HasSubstr("event's event"));
}

TEST(EventCodec, OtherMessagesAreRefusedByName) {
  const auto refusal = [](const google::protobuf::Descriptor* type) {
    const auto codec = EventCodec::Compile(type);
    EXPECT_EQ(codec.status().code(), absl::StatusCode::kInvalidArgument);
    return std::string(codec.status().message());
  };
  EXPECT_THAT(refusal(test::EventWithoutId::descriptor()), HasSubstr("optional string id"));
  EXPECT_THAT(refusal(test::EventWithImplicitId::descriptor()), HasSubstr("optional string id"));
  EXPECT_THAT(refusal(test::EventWithTwoPayloads::descriptor()),
              HasSubstr("test.EventWithTwoPayloads.two"));
  EXPECT_THAT(refusal(test::EventWithNumber::descriptor()),
              HasSubstr("test.EventWithNumber.number"));
}

}  // namespace
}  // namespace portico::codec
