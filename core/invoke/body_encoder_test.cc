#include "core/invoke/body_encoder.h"

#include <gtest/gtest.h>

#include <string>

namespace portico::invoke {
namespace {

TEST(BodyEncoderTest, RawIsATextOrBase64) {
  EXPECT_EQ(ToRaw(*ParseBodyValue(R"("a,b\n1,2")")).value(), "a,b\n1,2");
  EXPECT_EQ(ToRaw(*ParseBodyValue(R"({"base64":"AAEC"})")).value(), std::string("\0\1\2", 3));
  EXPECT_EQ(ToRaw(*ParseBodyValue(R"({"text":"a"})")).value(), "a");
  EXPECT_FALSE(ToRaw(*ParseBodyValue("1")).ok());
}

class EncodeBodyTest : public testing::Test {
 protected:
  EncodeBodyTest() {
    call_.operation = &operation_;
    call_.arguments.body = R"({"a":1})";
  }
  plan::Operation operation_;
  Call call_;
};

TEST_F(EncodeBodyTest, ABodyInTheApisOwnFormIsLeftAlone) {
  EXPECT_FALSE(NeedsEncoding(call_));
  operation_.body_encoding = plan::BodyEncoding::kForm;
  EXPECT_TRUE(NeedsEncoding(call_));
  call_.arguments.content_type = "application/merge-patch+json; charset=utf-8";
  EXPECT_TRUE(NeedsEncoding(call_));
  call_.arguments.content_type = "application/x-www-form-urlencoded";
  EXPECT_FALSE(NeedsEncoding(call_));
}

TEST_F(EncodeBodyTest, TheContentTypeFollowsTheForm) {
  operation_.body_encoding = plan::BodyEncoding::kMultipart;
  ASSERT_TRUE(EncodeBody(&call_).ok());
  EXPECT_EQ(call_.arguments.content_type, "multipart/form-data; boundary=portico-part-0");
  operation_.body_encoding = plan::BodyEncoding::kRaw;
  operation_.raw_content_type = "text/csv; charset=utf-8";
  EXPECT_EQ(MediaTypeOf(operation_), "text/csv");
  call_.arguments.body = "\"x\"";
  ASSERT_TRUE(EncodeBody(&call_).ok());
  EXPECT_EQ(call_.arguments.content_type, "text/csv; charset=utf-8");
  EXPECT_EQ(call_.arguments.body, "x");
}

}  // namespace
}  // namespace portico::invoke
