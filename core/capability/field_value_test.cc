#include "core/capability/field_value.h"

#include <google/protobuf/descriptor.h>
#include <gtest/gtest.h>

#include <string>

#include "portico/v1/overlay.pb.h"

namespace portico::capability {
namespace {

// The finding of `text` as the value of `field`, or nothing.
template <typename Message>
std::string ReadInto(const char* field, const std::string& text, Message* message) {
  Findings findings;
  FindingLog log("f.yaml", &findings);
  const auto node = ParseYaml(text, &log);
  FieldValueReader(&log).ReadScalar(*node, "at",
                                    {message, message->GetDescriptor()->FindFieldByName(field)});
  return findings.empty() ? "" : ToString(findings[0]);
}

TEST(FieldValueTest, ATextMayStandWithoutQuotes) {
  v1::UpstreamOverlay message;
  EXPECT_EQ(ReadInto("base_uri", "12", &message), "");
  EXPECT_EQ(message.base_uri(), "12");
}

TEST(FieldValueTest, ABooleanMayNotStandInQuotes) {
  v1::OperationOverlay message;
  EXPECT_EQ(ReadInto("stream", "true", &message), "");
  EXPECT_TRUE(message.stream());
  EXPECT_EQ(ReadInto("stream", "'true'", &message), "f.yaml:1: error: at: must be true or false");
}

TEST(FieldValueTest, AnEnumsValuesAreSpelledAsTheLanguageDoes) {
  v1::ParameterOverlay message;
  EXPECT_EQ(ReadInto("array_style", "deepObject", &message), "");
  EXPECT_EQ(message.array_style(), v1::ARRAY_STYLE_DEEP_OBJECT);
  EXPECT_NE(ReadInto("array_style", "unspecified", &message), "");
}

TEST(FieldValueTest, AListIsNoScalar) {
  v1::UpstreamOverlay message;
  EXPECT_EQ(ReadInto("base_uri", "[a]", &message),
            "f.yaml:1: error: at: must be one value, but is a list");
}

}  // namespace
}  // namespace portico::capability
