// Protobuf's parsers refuse what nests deeper than 100 messages: what is written must
// just stay within, and use all of it.
#include <google/protobuf/message.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "core/codec/message_codec.h"
#include "core/codec/testdata/things.pb.h"

namespace portico::codec {
namespace {

using test::Thing;

std::string Repeat(const std::string& open, const std::string& inner, const std::string& close,
                   int n) {
  std::string out;
  for (int i = 0; i < n; ++i) out += open;
  out += inner;
  for (int i = 0; i < n; ++i) out += close;
  return out;
}

// How deep messages nest in a message, itself not counted, its map entries included.
int Levels(const google::protobuf::Message& message) {
  const auto& reflection = *message.GetReflection();
  std::vector<const google::protobuf::FieldDescriptor*> fields;
  reflection.ListFields(message, &fields);
  int levels = 0;
  for (const auto* field : fields) {
    if (field->cpp_type() != google::protobuf::FieldDescriptor::CPPTYPE_MESSAGE) continue;
    const int n = field->is_repeated() ? reflection.FieldSize(message, field) : 1;
    for (int i = 0; i < n; ++i) {
      const auto& inner = field->is_repeated() ? reflection.GetRepeatedMessage(message, field, i)
                                               : reflection.GetMessage(message, field);
      levels = std::max(levels, 1 + Levels(inner));
    }
  }
  return levels;
}

TEST(NestingLimits, AreExactlyWhatProtobufsParsersAllow) {
  const struct {
    const char* name;
    std::string prefix, open, inner, close, suffix;
    int step;  // messages for every `open`
  } rows[] = {
      {"lists", R"({"any":)", "[", "1", "]", "}", 2},
      {"empty lists", R"({"any":)", "[", "[]", "]", "}", 2},
      {"objects", R"({"freeForm":)", R"({"a":)", "{}", "}", "}", 3},
      {"objects with a scalar", R"({"any":)", R"({"a":)", "null", "}", "}", 3},
      {"lists of objects", R"({"list":[)", R"({"a":[)", "", "]}", "]}", 5},
      {"messages", "", R"({"part":)", "{}", "}", "", 1},
      {"messages in arrays", "", R"({"parts":[)", "{}", "]}", "", 1},
      {"elements that are no objects", "", R"({"parts":[)", "5", "]}", "", 1},
      {"messages in maps", "", R"({"byName":{"n":)", "{}", "}}", "", 2},
      {"lists in messages", "", R"({"part":)", R"({"any":[[1]]})", "}", "", 1},
  };
  const auto codec = MessageCodec::Compile(Thing::descriptor());
  for (const auto& row : rows) {
    SCOPED_TRACE(row.name);
    int deepest = 0;
    for (int depth = 1; depth < 110; ++depth) {
      const std::string json =
          row.prefix + Repeat(row.open, row.inner, row.close, depth) + row.suffix;
      std::string wire, back;
      ASSERT_TRUE(codec->JsonToWire(json, &wire).ok()) << json;
      Thing thing;
      ASSERT_TRUE(thing.ParseFromString(wire)) << depth;  // C++ allows 100 levels
      ASSERT_TRUE(codec->WireToJson(wire, &back).ok()) << depth;
      EXPECT_EQ(back, json);
      const bool fits = wire.find("\xC2\x3E") == std::string::npos ||  // unmodeled_json's tag
                        (row.inner == "5" && Levels(thing) == depth);
      if (fits) deepest = Levels(thing);
    }
    EXPECT_LE(deepest, 100);
    EXPECT_GT(deepest, 100 - row.step);
  }
}

}  // namespace
}  // namespace portico::codec
