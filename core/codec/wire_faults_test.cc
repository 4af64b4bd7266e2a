// Wire to JSON: bytes that are refused, and where they are said to be wrong.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

#include "core/codec/message_codec.h"
#include "core/codec/testdata/things.pb.h"
#include "core/codec/wire_bytes.h"

namespace portico::codec {
namespace {

using test::Thing;
using testing::HasSubstr;
using testing::StartsWith;

absl::Status Convert(const std::string& wire, std::string* json) {
  return MessageCodec::Compile(Thing::descriptor())->WireToJson(wire, json);
}

std::string Print(const std::string& wire) {
  std::string json;
  const absl::Status status = Convert(wire, &json);
  EXPECT_TRUE(status.ok()) << status;
  return json;
}

std::string Refusal(const std::string& wire) {
  std::string json = "before";
  const absl::Status status = Convert(wire, &json);
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << json;
  EXPECT_EQ(json, "before") << "left something behind";
  return std::string(status.message());
}

TEST(WireFaults, FaultsNameTheirField) {
  const auto any = [](const std::string& value) { return Bytes(kAny, value); };
  const struct {
    std::string wire;
    const char* message;
  } rows[] = {
      {Bytes(kId, "\xFF"), "id: not UTF-8"},
      {Bytes(kId, "\xFF") + Bytes(kId, "ok"), "id: not UTF-8"},
      {Bytes(kPart, Bytes(kPart, Bytes(kId, "\xC0\x80"))), "part.part.id: not UTF-8"},
      {Bytes(kParts, "") + Bytes(kParts, "") + Bytes(kParts, Bytes(kId, "\x80")),
       "parts[2].id: not UTF-8"},
      {Bytes(kTags, "a") + Bytes(kTags, "\x80"), "tags[1]: not UTF-8"},
      {Entry(kLabels, "k", "\x80"), "labels[\"k\"]: not UTF-8"},
      {Entry(kLabels, "\x80", "k"), "labels: a key is not UTF-8"},
      {Entry(kByName, "n", Bytes(kTags, "\x80")), "by_name[\"n\"].tags[0]: not UTF-8"},
      {Bytes(kFreeForm, Entry(1, "k", Bytes(kListValue, Bytes(1, Bytes(kStringValue, "\x80"))))),
       "free_form[\"k\"][0]: not UTF-8"},
      {Varint(kId, 1), "id: of the wrong wire type"},
      {Bytes(kI32, "x"), "i32: of the wrong wire type"},
      {Fixed32(kNumber, 1), "number: of the wrong wire type"},
      {Varint(kTags, 1), "tags: of the wrong wire type"},
      {Fixed64(kCounts, 1), "counts: of the wrong wire type"},
      {Varint(kUnmodeled, 1), "unmodeled_json: of the wrong wire type"},
      {Varint(18, 1), "message test.Thing has no field with number 18"},
      {Varint(kI32, 1) + Bytes(3000, "x"), "message test.Thing has no field with number 3000"},
      {Bytes(kPart, Varint(18, 1)), "part: message test.Thing has no field with number 18"},
      {Varint(kI32, 0x100000000), "i32: more than 32 bits"},
      {Varint(kU32, 0x100000000), "u32: more than 32 bits"},
      {Varint(kU32, -1), "u32: more than 32 bits"},
      {Varint(kS32, 0x200000000), "s32: more than 32 bits"},
      {Double(kNumber, std::nan("")), "number: JSON has no NaN"},
      {Double(kNumber, std::numeric_limits<double>::infinity()), "number: JSON has no NaN"},
      {Double(kNumbers, 1) + Double(kNumbers, -std::numeric_limits<double>::infinity()),
       "numbers[1]: JSON has no NaN"},
      {any(Double(kNumberValue, std::nan(""))), "any: JSON has no NaN"},
      {any(""), "any: a google.protobuf.Value without a value"},
      {any(Varint(kNullValue, 1)), "any: a null_value other than"},
      {any(Varint(7, 1)), "any: not a google.protobuf.Value"},
      {any(Varint(kStringValue, 1)), "any: not a google.protobuf.Value"},
      {any(std::string("\x80")), "any: not a google.protobuf.Value"},
      {Entry(kAnyByName, "k", ""), "any_by_name[\"k\"]: a google.protobuf.Value without a value"},
      {Bytes(kFreeForm, Varint(1, 1)), "free_form: not a google.protobuf.Struct"},
      {Bytes(kFreeForm, Bytes(2, "")), "free_form: not a google.protobuf.Struct"},
      {Bytes(kFreeForm, Bytes(1, Bytes(3, ""))), "free_form: a map entry has a field"},
      {Bytes(kList, Varint(1, 1)), "list: not a google.protobuf.ListValue"},
      {Bytes(kLabels, Bytes(3, "x")), "labels: a map entry has a field"},
      {Bytes(kLabels, Bytes(1, "a") + Bytes(1, "b")), "labels: a map entry has two keys"},
      {Bytes(kLabels, "\x0A\x05"), "labels: a map entry is not valid"},
      {Bytes(kUnmodeled, R"({"a":1,})"), "unmodeled_json: not JSON: byte 7"},
      {Bytes(kUnmodeled, "{} {}"), "unmodeled_json: not JSON: byte 3"},
      {Bytes(kUnmodeled, "{\"a\":\"\xFF\"}"), "unmodeled_json: not JSON: byte 6"},
      {Bytes(kUnmodeled, "  "), "unmodeled_json: not JSON"},
      {Bytes(kUnmodeled, "\xFF") + Bytes(kUnmodeled, ""), "unmodeled_json: not UTF-8"},
      {Bytes(kPart, Bytes(kUnmodeled, "5")), "part.unmodeled_json: not a JSON object"},
      {Bytes(kParts, Bytes(kUnmodeled, "x")), "parts[0].unmodeled_json: not JSON"},
      {Bytes(kCounts, "\x80"), "counts[0]: not valid Protobuf wire bytes"},
      {Bytes(kCounts, "\x01\x80"), "counts[1]: not valid Protobuf wire bytes"},
      {Bytes(kNumbers, "1234567"), "numbers[0]: not valid Protobuf wire bytes"},
  };
  for (const auto& row : rows) EXPECT_THAT(Refusal(row.wire), StartsWith(row.message));
}

TEST(WireFaults, MalformedBytesAreRefused) {
  for (const std::string& wire : {
           std::string("\x0A"),  // no length
           std::string("\x0A\x05"
                       "xy"),                                                // cut off
           std::string("\x0A\xFF\xFF\xFF\xFF\x0F"),                          // far too long
           std::string("\x0A\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01"),      // the same
           std::string("\x18"),                                              // no value
           std::string("\x18\x80\x80"),                                      // a varint cut off
           std::string("\x18\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x02"),      // beyond 64 bits
           std::string("\x18\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01"),  // eleven bytes
           std::string("\x69\x01\x02"),                                      // a double cut off
           std::string("\x4D\x01\x02"),                                      // a fixed32 cut off
           std::string("\x0B\x0C"),                                          // a group
           std::string("\x0E\x00", 2), std::string("\x0F\x00", 2),           // no wire types
           std::string("\x02\x00", 2),                                       // field number 0
           std::string("\x8A\x80\x80\x80\x10\x00", 6),                       // a tag beyond 32 bits
       }) {
    EXPECT_THAT(Refusal(wire), HasSubstr("not valid Protobuf wire bytes"))
        << testing::PrintToString(wire);
    EXPECT_THAT(Refusal(Bytes(kPart, wire)), StartsWith("part: not valid"));
  }
}

TEST(WireFaults, PaddedVarintsAreRead) {
  EXPECT_EQ(Print(std::string("\x98\x00\x85\x80\x00", 5)), R"({"i32":5})");
  EXPECT_EQ(Print(std::string("\x0A\x81\x00x", 4)), R"({"id":"x"})");
}

TEST(WireFaults, MoreThanAHundredLevelsAreRefused) {
  std::string parts, lists;
  for (int i = 0; i < 100; ++i) parts = Bytes(kPart, parts);
  Thing thing;
  EXPECT_TRUE(thing.ParseFromString(parts));
  EXPECT_THAT(Print(parts), StartsWith(R"({"part":{"part":)"));
  parts = Bytes(kPart, parts);
  EXPECT_FALSE(thing.ParseFromString(parts));
  EXPECT_THAT(Refusal(parts), HasSubstr("more than 100 levels"));
  for (int i = 0; i < 200; ++i) lists = Bytes(kListValue, Bytes(1, lists));
  EXPECT_THAT(Refusal(Bytes(kAny, lists)), HasSubstr("more than 100 levels"));
}

// What merging costs stays linear: each level of these bytes asks for a second look.
TEST(WireFaults, DeepMergingIsCheap) {
  std::string wire = Bytes(kId, std::string(10000, 'x'));
  for (int i = 0; i < 99; ++i) wire = Bytes(kPart, wire) + Varint(kI32, 1) + Varint(kI32, 2);
  for (int i = 0; i < 50; ++i) EXPECT_GT(Print(wire).size(), 10000u);
  std::string entry = Bytes(kStringValue, "x");
  for (int i = 0; i < 32; ++i) {
    entry = Bytes(kStructValue,
                  Entry(1, "a", entry) + Entry(1, "a", entry.substr(0, 0) + Varint(kBoolValue, 1)) +
                      Entry(1, "b", entry.size() < 5000 ? entry : Varint(kBoolValue, 1)));
  }
  EXPECT_FALSE(Print(Bytes(kAny, entry)).empty());
}

}  // namespace
}  // namespace portico::codec
