#include "core/codec/answer_codec.h"

#include <gmock/gmock.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "core/codec/testdata/requests.pb.h"

namespace portico::codec {
namespace {

using testing::HasSubstr;

test::Answer AnswerOf(const std::string& body, const std::string& content_type = "") {
  const auto codec = AnswerCodec::Compile(test::Answer::descriptor());
  EXPECT_TRUE(codec.ok()) << codec.status();
  std::string wire;
  const absl::Status status = codec->AnswerToWire(body, content_type, &wire);
  EXPECT_TRUE(status.ok()) << status;
  test::Answer answer;
  EXPECT_TRUE(answer.ParseFromString(wire));
  return answer;
}

TEST(AnswerCodec, AnyJsonIsTheResult) {
  for (const char* body :
       {R"({"a":[1,{"b":null}]})", R"([])", R"([[],{}])", "true", "null", R"("\"")", "-0.5", "0"}) {
    const test::Answer answer = AnswerOf(absl::StrCat(" ", body, "\n"), "application/json");
    ASSERT_TRUE(answer.has_result()) << body;
    std::string json;
    ASSERT_TRUE(google::protobuf::util::MessageToJsonString(answer.result(), &json).ok());
    EXPECT_EQ(json, body);
    EXPECT_EQ(answer.unmodeled_json() + answer.raw(), "");
  }
}

TEST(AnswerCodec, WhatAValueCannotHoldExactlyIsText) {
  for (const char* body : {"9007199254740993", R"({"a":1,"a":2})", "[1e400]", R"(["\ud800"])"}) {
    const test::Answer answer = AnswerOf(absl::StrCat(" ", body, " "));
    EXPECT_FALSE(answer.has_result()) << body;
    EXPECT_EQ(answer.unmodeled_json(), body);
  }
  const std::string deep = std::string(1000, '[') + std::string(1000, ']');
  EXPECT_EQ(AnswerOf(deep).unmodeled_json(), deep);
}

TEST(AnswerCodec, NothingIsTheEmptyMessage) {
  EXPECT_EQ(AnswerOf("").ByteSizeLong(), 0u);
  EXPECT_EQ(AnswerOf("", "image/png").ByteSizeLong(), 0u);
}

TEST(AnswerCodec, WhatIsNoJsonKeepsItsBytesAndType) {
  const std::string bytes("\x00\xFF{}", 4);
  const test::Answer answer = AnswerOf(bytes, "text/csv; charset=x");
  EXPECT_EQ(answer.raw(), bytes);
  EXPECT_EQ(answer.content_type(), "text/csv; charset=x");
  EXPECT_FALSE(answer.has_result());
  EXPECT_EQ(AnswerOf("a", "x/\xFF").content_type(), "") << "no UTF-8, no message";
}

TEST(AnswerCodec, JsonThatIsNoneIsRefusedWithItsPlace) {
  const auto codec = AnswerCodec::Compile(test::Answer::descriptor());
  for (const char* body :
       {"[1,", "1,2", "1],[2", "{\"a\":1}}", " ", "\xFF", "nul", "01", "<html>"}) {
    std::string wire = "kept";
    const absl::Status status = codec->AnswerToWire(body, "application/problem+json", &wire);
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << body;
    EXPECT_THAT(std::string(status.message()), HasSubstr("not JSON: byte ")) << body;
    EXPECT_EQ(wire, "kept");
  }
}

TEST(AnswerCodec, MessagesWithoutItsFieldsAreRefused) {
  EXPECT_THAT(
      std::string(AnswerCodec::Compile(test::AnswerWithoutRaw::descriptor()).status().message()),
      HasSubstr("bytes raw"));
  EXPECT_THAT(
      std::string(AnswerCodec::Compile(test::AnswerOfAStruct::descriptor()).status().message()),
      HasSubstr("google.protobuf.Value"));
}

}  // namespace
}  // namespace portico::codec
