// Wire to JSON: Protobuf's rules for bytes that others wrote.
#include <gmock/gmock.h>
#include <google/protobuf/struct.pb.h>
#include <gtest/gtest.h>

#include <iterator>
#include <random>
#include <string>

#include "absl/strings/str_cat.h"
#include "core/codec/message_codec.h"
#include "core/codec/message_printer.h"
#include "core/codec/random_json.h"
#include "core/codec/testdata/things.pb.h"
#include "core/codec/wire_bytes.h"

namespace portico::codec {
namespace {

using test::Thing;
using testing::StartsWith;

template <class Message>
MessageCodec Codec(const char* array_field = nullptr) {
  const auto* type = Message::descriptor();
  return *MessageCodec::Compile(
      type, array_field != nullptr ? type->FindFieldByName(array_field) : nullptr);
}

template <class Message = Thing>
std::string Print(const std::string& wire, const char* array_field = nullptr) {
  std::string json;
  const absl::Status status = Codec<Message>(array_field).WireToJson(wire, &json);
  EXPECT_TRUE(status.ok()) << status;
  return json;
}

template <class Message = Thing>
std::string Refusal(const std::string& wire, const char* array_field = nullptr) {
  std::string json = "before";
  const absl::Status status = Codec<Message>(array_field).WireToJson(wire, &json);
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << json;
  EXPECT_EQ(json, "before") << "left something behind";
  return std::string(status.message());
}

TEST(WireToJson, StringsAreEscapedAsLittleAsJsonAllows) {
  EXPECT_EQ(Print(Bytes(kId, std::string("\0\x01\b\f\n\r\t\x1F \"\\/\x7F\xC3\xA9", 15))),
            "{\"id\":\"\\u0000\\u0001\\b\\f\\n\\r\\t\\u001f \\\"\\\\/\x7F\xC3\xA9\"}");
}

TEST(WireToJson, TheLastOfASingularScalarCounts) {
  EXPECT_EQ(Print(Bytes(kId, "a") + Varint(kDone, 1) + Bytes(kId, "b")),
            R"({"id":"b","done":true})");
}

TEST(WireToJson, AbsentFieldsAreNotPrinted) {
  EXPECT_EQ(Print(""), "{}");
  EXPECT_EQ(Print(Varint(kI32, 0)), R"({"i32":0})");
  EXPECT_EQ(Print(Varint(41, 0)), R"({"plainNumber":0})");  // on the wire all the same
}

TEST(WireToJson, SplitMessagesAreMerged) {
  EXPECT_EQ(Print(Bytes(kPart, Bytes(kId, "a") + Varint(kI32, 1)) + Bytes(kId, "x") +
                  Bytes(kPart, Bytes(kId, "b") + Bytes(kTags, "t"))),
            R"({"part":{"id":"b","i32":1,"tags":["t"]},"id":"x"})");
  // Also inside each other, and the rest of both.
  EXPECT_EQ(Print(Bytes(kPart, Bytes(kPart, Bytes(kId, "a"))) +
                  Bytes(kPart, Bytes(kPart, Varint(kI32, 2)) + Bytes(kUnmodeled, "{\"x\":1}"))),
            R"({"part":{"part":{"id":"a","i32":2},"x":1}})");
}

TEST(WireToJson, ElementsThatStandApartAreOneArray) {
  EXPECT_EQ(Print(Bytes(kTags, "a") + Bytes(kId, "x") + Bytes(kTags, "b")),
            R"({"tags":["a","b"],"id":"x"})");
  EXPECT_EQ(Print(Bytes(kParts, "") + Bytes(kTags, "t") + Bytes(kParts, Bytes(kId, "p"))),
            R"({"parts":[{},{"id":"p"}],"tags":["t"]})");
}

TEST(WireToJson, PackedAndUnpackedNumbersMix) {
  EXPECT_EQ(Print(Bytes(kCounts, Number(1) + Number(300)) + Varint(kCounts, -1) +
                  Bytes(kCounts, Number(7))),
            R"({"counts":[1,300,-1,7]})");
  EXPECT_EQ(Print(Double(kNumbers, 1.5) + Double(kNumbers, 2)), R"({"numbers":[1.5,2]})");
  EXPECT_EQ(Print(Bytes(kFlags, Number(1) + Number(0)) + Varint(kI32, 1) + Varint(kFlags, 1)),
            R"({"flags":[true,false,true],"i32":1})");
  EXPECT_EQ(Print(Fixed32(kFixeds, 0xFFFFFFFF) + Bytes(kFixeds, std::string("\1\0\0\0", 4))),
            R"({"fixeds":[-1,1]})");
  EXPECT_EQ(Print(Bytes(kCounts, "") + Varint(kI32, 1)), R"({"i32":1})");
}

TEST(WireToJson, TheLastOfEqualMapKeysCounts) {
  const auto label = [](const std::string& k, const std::string& v) {
    return Entry(kLabels, k, v);
  };
  EXPECT_EQ(Print(label("a", "1") + label("b", "2") + label("a", "3")),
            R"({"labels":{"b":"2","a":"3"}})");
  std::string many, expected;
  for (int i = 0; i < 50; ++i) {
    many += label(absl::StrCat("k", i), "old");
    if (i != 20) absl::StrAppend(&expected, i > 0 ? "," : "", "\"k", i, "\":\"old\"");
  }
  EXPECT_EQ(Print(many + label("k20", "new")),
            absl::StrCat("{\"labels\":{", expected, ",\"k20\":\"new\"}}"));
  const std::string value = Bytes(kStringValue, "v");
  EXPECT_EQ(Print(Bytes(kFreeForm, Entry(1, "a", Bytes(kBoolValue, "x").substr(0, 0) + value) +
                                       Entry(1, "a", Varint(kBoolValue, 1)))),
            R"({"freeForm":{"a":true}})");
}

TEST(WireToJson, EntriesMayBeIncomplete) {
  EXPECT_EQ(Print(Bytes(kLabels, Bytes(1, "k"))), R"({"labels":{"k":""}})");
  EXPECT_EQ(Print(Bytes(kLabels, Bytes(2, "v"))), R"({"labels":{"":"v"}})");
  EXPECT_EQ(Print(Bytes(kLabels, Bytes(2, "v") + Bytes(1, "k"))), R"({"labels":{"k":"v"}})");
  EXPECT_EQ(Print(Bytes(kLabels, Bytes(1, "k") + Bytes(2, "v") + Bytes(2, "w"))),
            R"({"labels":{"k":"w"}})");
  EXPECT_EQ(Print(Bytes(kCountByName, Bytes(1, "k"))), R"({"countByName":{"k":0}})");
  EXPECT_EQ(Print(Bytes(kByName, Bytes(1, "k"))), R"({"byName":{"k":{}}})");
  EXPECT_EQ(
      Print(Bytes(kByName, Bytes(1, "k") + Bytes(2, Bytes(kId, "a")) + Bytes(2, Varint(kI32, 1)))),
      R"({"byName":{"k":{"id":"a","i32":1}}})");
}

TEST(WireToJson, TheLastFieldOfAValueCounts) {
  const auto any = [](const std::string& value) { return Bytes(kAny, value); };
  EXPECT_EQ(Print(any(Varint(kBoolValue, 1) + Bytes(kStringValue, "s"))), R"({"any":"s"})");
  const std::string a = Bytes(kStructValue, Entry(1, "a", Varint(kNullValue, 0)));
  const std::string b = Bytes(kStructValue, Entry(1, "b", Double(kNumberValue, 2)));
  EXPECT_EQ(Print(any(a + b)), R"({"any":{"a":null,"b":2}})");       // merged
  EXPECT_EQ(Print(any(a) + any(b)), R"({"any":{"a":null,"b":2}})");  // merged
  EXPECT_EQ(Print(any(a + Varint(kBoolValue, 0) + b)), R"({"any":{"b":2}})");
  EXPECT_EQ(Print(any(a) + any(Varint(kBoolValue, 0))), R"({"any":false})");
  const std::string list = Bytes(kListValue, Bytes(1, Varint(kNullValue, 0)));
  EXPECT_EQ(Print(any(list) + any(list)), R"({"any":[null,null]})");
}

// Protobuf's own parser and the rules above, on the same bytes.
TEST(WireToJson, AgreesWithProtobufOnMergedBytes) {
  const std::string parts[] = {
      Bytes(kId, "a"),
      Bytes(kPart, Bytes(kId, "p") + Varint(kI32, 1)),
      Bytes(kPart, Bytes(kTags, "q") + Bytes(kPart, Varint(kI64, 5))),
      Bytes(kTags, "t"),
      Bytes(kCounts, Number(5)),
      Varint(kCounts, 6),
      Entry(kLabels, "k", "1"),
      Entry(kLabels, "k", "2"),
      Entry(kLabels, "l", "3"),
      Bytes(kAny, Bytes(kListValue, Bytes(1, Varint(kBoolValue, 1)))),
      Bytes(kAny, Bytes(kStructValue, Entry(1, "x", Double(kNumberValue, 1)))),
      Bytes(kFreeForm, Entry(1, "y", Bytes(kStringValue, "z"))),
      Entry(kByName, "n", Bytes(kId, "m")),
      Bytes(kUnmodeled, R"({"u":1})"),
      Bytes(kUnmodeled, R"({"v":2})"),
      Bytes(kLate, "late"),
  };
  std::mt19937_64 random(3);
  const MessageCodec codec = Codec<Thing>();
  for (int i = 0; i < 5000; ++i) {
    std::string wire;
    for (auto n = 1 + random() % 7; n > 0; --n) wire += parts[random() % std::size(parts)];
    if (i % 3 == 0) wire = Bytes(kPart, wire) + Bytes(kPart, parts[random() % std::size(parts)]);
    Thing theirs;
    ASSERT_TRUE(theirs.ParseFromString(wire));
    std::string json, again;
    ASSERT_TRUE(codec.WireToJson(wire, &json).ok());
    ASSERT_TRUE(codec.JsonToWire(json, &again).ok());
    Thing ours;
    ASSERT_TRUE(ours.ParseFromString(again));
    ASSERT_EQ(ours.DebugString(), theirs.DebugString()) << json;
  }
}

// The fast road and the thorough one print the same.
TEST(WireToJson, BothPrintersAgree) {
  const auto plan = CompileMessagePlan(Thing::descriptor());
  const MessageCodec codec = Codec<Thing>();
  for (std::uint64_t seed = 0; seed < 1000; ++seed) {
    RandomJson random(seed, static_cast<int>(seed % 30));
    std::string wire, quick, thorough;
    ASSERT_TRUE(codec.JsonToWire(random.Object(*Thing::descriptor()), &wire).ok());
    ASSERT_TRUE(codec.WireToJson(wire, &quick).ok());
    ValuePrinter::Memory memory;
    WireFault fault;
    JsonWriter writer(&thorough);
    const absl::string_view whole = wire;
    ASSERT_TRUE(
        MessagePrinter(&writer, &memory, &fault).PrintMessage(**plan, Parts(&whole, 1), kMaxLevels))
        << fault.Text();
    writer.Finish();
    EXPECT_EQ(quick, thorough);
  }
}

TEST(WireToJson, MembersOfTheRestFollowTheOthers) {
  EXPECT_EQ(Print(Bytes(kUnmodeled, " { \"x\" : 1.50, \"x\":2 } ") + Bytes(kId, "a")),
            R"({"id":"a","x" : 1.50, "x":2})");
  EXPECT_EQ(Print(Bytes(kUnmodeled, R"({"id":"b"})") + Bytes(kLate, "a")),
            R"({"late":"a","id":"b"})");
  EXPECT_EQ(Print(Bytes(kId, "a") + Bytes(kUnmodeled, R"({"id":"b"})")), R"({"id":"a","id":"b"})");
  EXPECT_EQ(Print(Bytes(kUnmodeled, "{}") + Bytes(kId, "a")), R"({"id":"a"})");
  EXPECT_EQ(Print(Bytes(kUnmodeled, "") + Bytes(kId, "a")), R"({"id":"a"})");
  EXPECT_EQ(Print(Bytes(kUnmodeled, R"({"x":1})")), R"({"x":1})");
}

TEST(WireToJson, ElementsThatAreOnlyARestArePrintedVerbatim) {
  EXPECT_EQ(
      Print(Bytes(kParts, Bytes(kUnmodeled, "null")) + Bytes(kParts, Bytes(kUnmodeled, " 5.0 ")) +
            Bytes(kParts, Bytes(kUnmodeled, R"({"x":1})"))),
      R"({"parts":[null,5.0,{"x":1}]})");
  EXPECT_THAT(Refusal(Bytes(kPart, Bytes(kUnmodeled, "null"))),
              StartsWith("part.unmodeled_json: not a JSON object"));
  EXPECT_THAT(Refusal(Bytes(kParts, Bytes(kId, "a") + Bytes(kUnmodeled, "null"))),
              StartsWith("parts[0].unmodeled_json: not a JSON object"));
  EXPECT_THAT(Refusal(Bytes(kUnmodeled, "[]")), StartsWith("unmodeled_json: not a JSON object"));
}

TEST(WireToJson, AnArrayFieldIsTheWholeText) {
  EXPECT_EQ(Print<test::Things>("", "items"), "[]");
  EXPECT_EQ(Print<test::Things>(Bytes(1, Bytes(kId, "a")) + Bytes(1, ""), "items"),
            R"([{"id":"a"},{}])");
  EXPECT_EQ(Print<test::Words>(Bytes(1, "a") + Bytes(1, "b"), "words"), R"(["a","b"])");
  EXPECT_EQ(Print<test::Words>(Bytes(1000, " [1, null] "), "words"), "[1, null]");
  EXPECT_EQ(Print<test::Words>(Bytes(1000, ""), "words"), "[]");
  EXPECT_THAT(Refusal<test::Words>(Bytes(1, "a") + Bytes(2, "n"), "words"), StartsWith("note: "));
  EXPECT_THAT(Refusal<test::Words>(Bytes(1, "a") + Bytes(1000, "[1]"), "words"),
              StartsWith("unmodeled_json: "));
  EXPECT_THAT(Refusal<test::Words>(Bytes(1000, "{}"), "words"), StartsWith("unmodeled_json: "));
  EXPECT_THAT(Refusal<test::Words>(Bytes(1, "a") + Bytes(1, "\xFF"), "words"),
              StartsWith("words[1]: "));
}

TEST(WireToJson, AppendsToWhatIsThere) {
  std::string json = "before";
  ASSERT_TRUE(Codec<Thing>().WireToJson(Bytes(kId, "a"), &json).ok());
  EXPECT_EQ(json, R"(before{"id":"a"})");
}

}  // namespace
}  // namespace portico::codec
