#include "core/codec/declared_answer_codec.h"

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <gtest/gtest.h>

#include <string>

#include "core/codec/testdata/requests.pb.h"

namespace portico::codec {
namespace {

using testing::HasSubstr;

test::Request AnswerOf(const std::string& json, const char* array_field = nullptr) {
  const auto* const type = test::Request::descriptor();
  const auto codec = DeclaredAnswerCodec::Compile(
      type, array_field == nullptr ? nullptr : type->FindFieldByName(array_field));
  EXPECT_TRUE(codec.ok()) << codec.status();
  std::string wire;
  const absl::Status status = codec->JsonToWire(json, &wire);
  EXPECT_TRUE(status.ok()) << status;
  test::Request answer;
  EXPECT_TRUE(answer.ParseFromString(wire));
  return answer;
}

TEST(DeclaredAnswerCodecTest, DeclaredMembersAreFields) {
  const test::Request answer = AnswerOf(R"({"owner":["a","b"],"more":null})");
  EXPECT_EQ(answer.owner_size(), 2);
  EXPECT_EQ(answer.unmodeled_json(), R"({"more":null})");
}

TEST(DeclaredAnswerCodecTest, AnArrayFillsItsField) {
  const test::Request answer = AnswerOf(R"(["a","b"])", "owner");
  EXPECT_EQ(answer.owner_size(), 2);
  EXPECT_EQ(answer.unmodeled_json(), "");
  EXPECT_EQ(AnswerOf("[]", "owner").ByteSizeLong(), 0u);
  EXPECT_EQ(AnswerOf(R"(["a",null])", "owner").unmodeled_json(), R"(["a",null])");
}

TEST(DeclaredAnswerCodecTest, AnythingElseIsItsText) {
  for (const char* json : {"null", "[1]", R"("x")", "1e400"}) {
    EXPECT_EQ(AnswerOf(std::string(" ") + json + "\n").unmodeled_json(), json);
  }
  EXPECT_EQ(AnswerOf("null", "owner").unmodeled_json(), "null");
  EXPECT_EQ(AnswerOf(R"({"owner":["a"]})", "owner").unmodeled_json(), R"({"owner":["a"]})");
}

TEST(DeclaredAnswerCodecTest, WhatIsNoJsonIsRefused) {
  const auto codec = DeclaredAnswerCodec::Compile(test::Request::descriptor(), nullptr);
  ASSERT_TRUE(codec.ok());
  for (const char* json : {"nul", "[1", "{", "", "1 2"}) {
    std::string wire;
    EXPECT_THAT(std::string(codec->JsonToWire(json, &wire).message()), HasSubstr("not JSON"))
        << json;
    EXPECT_EQ(wire, "");
  }
}

TEST(DeclaredAnswerCodecTest, AMessageThatCannotKeepTheRestIsRefused) {
  EXPECT_FALSE(DeclaredAnswerCodec::Compile(test::StrictPayload::descriptor(), nullptr).ok());
}

}  // namespace
}  // namespace portico::codec
