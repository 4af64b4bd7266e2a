// JSON to wire: what fits a field, and what stays as text.
#include <gmock/gmock.h>
#include <google/protobuf/struct.pb.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/codec/message_codec.h"
#include "core/codec/testdata/things.pb.h"

namespace portico::codec {
namespace {

using test::Thing;
using testing::HasSubstr;

template <class Message>
Message Read(const std::string& json, const char* array_field = nullptr) {
  const auto* type = Message::descriptor();
  const auto codec = MessageCodec::Compile(
      type, array_field != nullptr ? type->FindFieldByName(array_field) : nullptr);
  EXPECT_TRUE(codec.ok()) << codec.status();
  std::string wire;
  const absl::Status status = codec->JsonToWire(json, &wire);
  EXPECT_TRUE(status.ok()) << status << "\n" << json;
  Message message;
  EXPECT_TRUE(message.ParseFromString(wire)) << json;
  return message;
}

template <class Message>
std::string Refusal(absl::string_view json, const char* array_field = nullptr) {
  const auto* type = Message::descriptor();
  const auto codec = MessageCodec::Compile(
      type, array_field != nullptr ? type->FindFieldByName(array_field) : nullptr);
  std::string wire = "before";
  const absl::Status status = codec->JsonToWire(json, &wire);
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << json;
  EXPECT_EQ(wire, "before") << "left something behind";
  return std::string(status.message());
}

TEST(JsonToWire, EveryKindOfFieldIsFilled) {
  const Thing thing = Read<Thing>(R"({
    "id": "a\u00e9\n", "done": true, "i32": -2147483648, "i64": -9223372036854775808,
    "u32": 4294967295, "u64": 18446744073709551615, "s32": -5, "s64": -6, "f32": 7, "f64": 8,
    "sf32": -9, "sf64": -10, "number": 1.5, "part": {"part": {"id": "inner"}},
    "freeForm": {"a": {"b": [1, "x", null, true, {}]}, "": -0}, "any": [[], {}], "list": [null],
    "tags": ["", "x"], "counts": [1, -1], "numbers": [0.1], "parts": [{}, {"id": "p"}],
    "anys": [null, 1, {"a": 2}], "freeForms": [{}], "flags": [true, false], "fixeds": [-1, 2],
    "labels": {"k": "v", "": ""}, "byName": {"n": {"id": "m"}}, "anyByName": {"z": null},
    "countByName": {"one": 1}, "plainText": "p", "plainNumber": 1, "plainFlag": true,
    "plainDouble": 0.5, "bare": {"name": "b"}, "custom-name": "c", "late": "l"})");
  EXPECT_EQ(thing.unmodeled_json(), "");
  EXPECT_EQ(thing.id(), "a\xC3\xA9\n");
  EXPECT_TRUE(thing.done());
  EXPECT_EQ(thing.i32(), std::numeric_limits<std::int32_t>::min());
  EXPECT_EQ(thing.i64(), std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(thing.u32(), 4294967295u);
  EXPECT_EQ(thing.u64(), 18446744073709551615u);
  EXPECT_EQ(thing.s32(), -5);
  EXPECT_EQ(thing.s64(), -6);
  EXPECT_EQ(thing.f32(), 7u);
  EXPECT_EQ(thing.f64(), 8u);
  EXPECT_EQ(thing.sf32(), -9);
  EXPECT_EQ(thing.sf64(), -10);
  EXPECT_EQ(thing.number(), 1.5);
  EXPECT_EQ(thing.part().part().id(), "inner");
  EXPECT_EQ(
      thing.free_form().fields().at("a").struct_value().fields().at("b").list_value().values_size(),
      5);
  EXPECT_TRUE(std::signbit(thing.free_form().fields().at("").number_value()));
  EXPECT_EQ(thing.any().list_value().values_size(), 2);
  EXPECT_EQ(thing.list().values(0).kind_case(), google::protobuf::Value::kNullValue);
  EXPECT_EQ(thing.tags_size(), 2);
  EXPECT_EQ(thing.counts(1), -1);
  EXPECT_EQ(thing.numbers(0), 0.1);
  EXPECT_EQ(thing.parts(1).id(), "p");
  EXPECT_EQ(thing.anys(2).struct_value().fields().at("a").number_value(), 2);
  EXPECT_EQ(thing.free_forms_size(), 1);
  EXPECT_TRUE(thing.flags(0));
  EXPECT_EQ(thing.fixeds(0), -1);
  EXPECT_EQ(thing.labels().at("k"), "v");
  EXPECT_EQ(thing.by_name().at("n").id(), "m");
  EXPECT_EQ(thing.any_by_name().at("z").kind_case(), google::protobuf::Value::kNullValue);
  EXPECT_EQ(thing.count_by_name().at("one"), 1);
  EXPECT_EQ(thing.plain_double(), 0.5);
  EXPECT_EQ(thing.bare().name(), "b");
  EXPECT_EQ(thing.custom(), "c");
  EXPECT_EQ(thing.late(), "l");
}

// Each of these objects is one member that no field takes exactly.
TEST(JsonToWire, WhatDoesNotFitExactlyStaysVerbatim) {
  const char* const rows[] = {
      R"({"unknown":1})",
      R"({"unknown" :  {"a":[1.50, -0.0],"a":"\/"}})",
      R"({"id":5})",
      R"({"id":null})",
      R"({"id":{}})",
      R"({"id":"\ud800"})",
      R"({"done":"true"})",
      R"({"done":null})",
      R"({"i32":"5"})",
      R"({"i32":2147483648})",
      R"({"i32":-2147483649})",
      R"({"i32":1.0})",
      R"({"i32":1e2})",
      R"({"i32":-0})",
      R"({"u32":-1})",
      R"({"u32":4294967296})",
      R"({"s32":2147483648})",
      R"({"f32":4294967296})",
      R"({"sf32":-2147483649})",
      R"({"i64":9223372036854775808})",
      R"({"u64":18446744073709551616})",
      R"({"number":1.0})",
      R"({"number":1.50})",
      R"({"number":9007199254740993})",
      R"({"number":1e400})",
      R"({"number":"NaN"})",
      R"({"part":null})",
      R"({"part":[]})",
      R"({"part":"x"})",
      R"({"freeForm":null})",
      R"({"freeForm":[1]})",
      R"({"freeForm":{"a":1,"a":2}})",
      R"({"freeForm":{"a":1,"\u0061":2}})",
      R"({"freeForm":{"a":{"b":9007199254740993}}})",
      R"({"freeForm":{"a":["\udfff"]}})",
      R"({"freeForm":{"\ud800":1}})",
      R"({"any":9007199254740993})",
      R"({"any":[1.0]})",
      R"({"list":{}})",
      R"({"tags":[]})",
      R"({"tags":["a",null]})",
      R"({"tags":["a",5]})",
      R"({"tags":"a"})",
      R"({"counts":[1,2.0]})",
      R"({"counts":[]})",
      R"({"anys":[1,1.0]})",
      R"({"freeForms":[{},null]})",
      R"({"parts":[]})",
      R"({"parts":{}})",
      R"({"labels":{}})",
      R"({"labels":{"a":1}})",
      R"({"labels":{"a":"x","b":null}})",
      R"({"labels":{"a":"x","a":"y"}})",
      R"({"labels":[]})",
      R"({"byName":{"a":5}})",
      R"({"plainText":""})",
      R"({"plainNumber":0})",
      R"({"plainFlag":false})",
      R"({"plainDouble":0})",
      R"({"plainDouble":-0})",
      R"({"bare":{"name":5}})",
      R"({"bare":{"unknown":1}})",
      R"({"bare":{"bare":{"bare":{"name":null}}}})",
      R"({"bares":[{"name":"a"},{"name":1}]})",
      R"({"bares":[{"name":"a"},null]})",
      R"({"free_form":{}})",
      R"({"custom":"c"})",
      R"({"unmodeledJson":"{}"})",
      R"({"unmodeled_json":"{}"})",
  };
  for (const char* json : rows) {
    const Thing thing = Read<Thing>(json);
    EXPECT_EQ(thing.unmodeled_json(), json);
    Thing rest = thing;
    rest.clear_unmodeled_json();
    EXPECT_EQ(rest.ByteSizeLong(), 0u) << json << ": " << rest.ShortDebugString();
  }
}

TEST(JsonToWire, TheRestIsKeptInOrderBesideWhatFits) {
  const Thing thing =
      Read<Thing>(R"({ "x" : 1, "id":"a", "y":{"z":[]},  "done":null ,"i32":7,"w":"\u0041"})");
  EXPECT_EQ(thing.id(), "a");
  EXPECT_EQ(thing.i32(), 7);
  EXPECT_EQ(thing.unmodeled_json(), R"({"x" : 1,"y":{"z":[]},  "done":null,"w":"\u0041"})");
}

TEST(JsonToWire, OnlyTheFirstOfEqualKeysFillsTheField) {
  EXPECT_EQ(Read<Thing>(R"({"id":"a","id":"b","id":"c"})").unmodeled_json(),
            R"({"id":"b","id":"c"})");
  EXPECT_EQ(Read<Thing>(R"({"id":"a","id":"b"})").id(), "a");
  // So that the order of equal keys stays as it was.
  const Thing thing = Read<Thing>(R"({"id":5,"id":"b"})");
  EXPECT_FALSE(thing.has_id());
  EXPECT_EQ(thing.unmodeled_json(), R"({"id":5,"id":"b"})");
  // An escaped key is the same key.
  EXPECT_EQ(Read<Thing>(R"({"\u0069d":"a","id":"b"})").id(), "a");
}

TEST(JsonToWire, InnerMessagesKeepTheirOwnRest) {
  const Thing thing = Read<Thing>(
      R"({"part":{"x":1,"part":{"y":2}},"parts":[{"z":3},{"id":"p"}],"byName":{"n":{"w":4}}})");
  EXPECT_EQ(thing.unmodeled_json(), "");
  EXPECT_EQ(thing.part().unmodeled_json(), R"({"x":1})");
  EXPECT_EQ(thing.part().part().unmodeled_json(), R"({"y":2})");
  EXPECT_EQ(thing.parts(0).unmodeled_json(), R"({"z":3})");
  EXPECT_EQ(thing.by_name().at("n").unmodeled_json(), R"({"w":4})");
}

TEST(JsonToWire, AMessageInsideOneWithoutRestMayKeepIts) {
  const Thing thing = Read<Thing>(R"({"bare":{"thing":{"x":1}}})");
  EXPECT_EQ(thing.bare().thing().unmodeled_json(), R"({"x":1})");
}

TEST(JsonToWire, ElementsThatAreNoObjectsKeepTheirPlace) {
  const Thing thing = Read<Thing>(R"({"parts":[{"id":"a"}, null, 1.0, "x", [ {} ], true, {}]})");
  ASSERT_EQ(thing.parts_size(), 7);
  EXPECT_EQ(thing.parts(1).unmodeled_json(), "null");
  EXPECT_EQ(thing.parts(2).unmodeled_json(), "1.0");
  EXPECT_EQ(thing.parts(3).unmodeled_json(), "\"x\"");
  EXPECT_EQ(thing.parts(4).unmodeled_json(), "[ {} ]");
  EXPECT_EQ(thing.parts(5).unmodeled_json(), "true");
  EXPECT_EQ(thing.parts(6).ByteSizeLong(), 0u);
}

TEST(JsonToWire, ATopLevelArrayFillsItsField) {
  const test::Things things = Read<test::Things>(R"([{"id":"a"},null,{"x":1}])", "items");
  ASSERT_EQ(things.items_size(), 3);
  EXPECT_EQ(things.items(0).id(), "a");
  EXPECT_EQ(things.items(1).unmodeled_json(), "null");
  EXPECT_EQ(things.items(2).unmodeled_json(), R"({"x":1})");
  EXPECT_EQ(Read<test::Things>(" [ ] ", "items").ByteSizeLong(), 0u);
}

TEST(JsonToWire, ATopLevelArrayThatDoesNotFitIsKeptWhole) {
  const test::Words words = Read<test::Words>(R"(["a", 5])", "words");
  EXPECT_EQ(words.words_size(), 0);
  EXPECT_EQ(words.unmodeled_json(), R"(["a", 5])");
  EXPECT_THAT(Refusal<test::BareWords>(R"(["a",5])", "words"), HasSubstr("test.BareWords"));
}

TEST(JsonToWire, AMessageWithoutRestRefusesWhatItCannotKeep) {
  EXPECT_THAT(Refusal<test::Bare>(R"({"name":5})"), HasSubstr("test.Bare"));
  EXPECT_THAT(Refusal<test::Bare>(R"({"name":5)"), HasSubstr("byte 9"));
  EXPECT_EQ(Read<test::Bare>(R"({"name":"b"})").name(), "b");
}

TEST(JsonToWire, OtherTextsAreRefusedWithTheirPlace) {
  const struct {
    std::string json;
    const char* message;
  } rows[] = {
      {"", "byte 0"},
      {"{\"id\":\"a\"", "byte 9"},
      {"{\"id\":\"a\"}}", "byte 10"},
      {"{\"id\":\"a\"} {}", "byte 11"},
      {"{\"id\":tru}", "byte 9"},
      {"{\"done\":truex}", "byte 12"},
      {"{\"i32\":01}", "byte 7"},
      {"{\"i32\":5x}", "byte 8"},
      {"{\"any\":nul}", "byte 10"},
      {"{\"any\":[1,]}", "byte 10"},
      {"{\"any\":{\"a\" 1}}", "byte 12"},
      {"{\"any\":{,}}", "byte 8"},
      {"{\"id\":\"\\x\"}", "byte 7"},
      {"{\"id\":\"\xFF\"}", "byte 7"},
      {"{\"id\":\"a\nb\"}", "byte 8"},
      {"{\"\\x\":1}", "byte 2"},
      {"{\"unknown\":{\"a\":[1 2]}}", "byte 19"},  // in what is passed over
      {"{\"unknown\":\"\\q\"}", "byte 12"},        // the same
      {"{\"unknown\":-}", "byte 11"},              // the same
      {"{\"unknown\":1,}", "byte 13"},             // the same
      {"{\"unknown\":\"\xC3\"}", "byte 12"},       // the same
      {"{\"parts\":[1,{\"x\":[}]}", "byte 18"},    // in an element kept verbatim
      {"{\"id\":5,\"labels\":{\"a\":\"b\",}}", "byte 26"},
      {"[]", "object expected"},
      {" 5", "byte 1: a JSON object expected"},
      {"null", "object expected"},
      {"\"{}\"", "object expected"},
  };
  for (const auto& row : rows)
    EXPECT_THAT(Refusal<Thing>(row.json), HasSubstr(row.message)) << row.json;
  EXPECT_THAT(Refusal<test::Things>("{}", "items"), HasSubstr("array expected"));
  EXPECT_THAT(Refusal<test::Things>("[{}", "items"), HasSubstr("byte 3"));
  EXPECT_THAT(Refusal<test::Things>("[] []", "items"), HasSubstr("byte 3"));
}

TEST(JsonToWire, AppendsToWhatIsThere) {
  const auto codec = MessageCodec::Compile(Thing::descriptor());
  std::string wire = "before", alone;
  const std::string json = absl::StrCat(R"({"part":{"id":")", std::string(500, 'x'), R"("}})");
  ASSERT_TRUE(codec->JsonToWire(json, &alone).ok());
  ASSERT_TRUE(codec->JsonToWire(json, &wire).ok());
  EXPECT_EQ(wire, "before" + alone);
}

TEST(JsonToWire, OneCodecServesManyThreads) {
  const auto codec = MessageCodec::Compile(Thing::descriptor());
  const std::string json = R"({"id":"a","any":{"b":[1,{"c":null}]},"labels":{"k":"v"},"x":{}})";
  std::vector<std::thread> threads;
  threads.reserve(4);
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int n = 0; n < 500; ++n) {
        std::string wire, back;
        EXPECT_TRUE(codec->JsonToWire(json, &wire).ok());
        EXPECT_TRUE(codec->WireToJson(wire, &back).ok());
        EXPECT_EQ(back, json);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

TEST(JsonToWire, TheLastBytesMayEndTheMemory) {
  const std::string json = R"({"id":"a","x":[1,2,{"y":"z"}],"any":{"b":1}})";
  const auto codec = MessageCodec::Compile(Thing::descriptor());
  for (std::size_t size = 0; size <= json.size(); ++size) {
    const std::unique_ptr<char[]> exact(new char[size]);
    std::copy_n(json.data(), size, exact.get());
    std::string wire;
    EXPECT_EQ(codec->JsonToWire(absl::string_view(exact.get(), size), &wire).ok(),
              size == json.size());
  }
}

}  // namespace
}  // namespace portico::codec
