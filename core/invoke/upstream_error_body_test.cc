#include "core/invoke/upstream_error_body.h"

#include <gtest/gtest.h>

namespace portico::invoke {
namespace {

struct Shape {
  const char* name;
  const char* body;
  const char* message;
};

class ErrorShapeTest : public testing::TestWithParam<Shape> {};

TEST_P(ErrorShapeTest, GivesTheUpstreamsOwnMessage) {
  EXPECT_EQ(ReadErrorBody(GetParam().body, "application/json").message, GetParam().message);
}

INSTANTIATE_TEST_SUITE_P(
    KnownShapes, ErrorShapeTest,
    testing::Values(
        Shape{
            "Backstage",
            R"({"error":{"name":"NotFoundError","message":"No task with id 'a/b' found"},)"
            R"("request":{"method":"GET","url":"/v2/tasks/a%2Fb"},"response":{"statusCode":404}})",
            "No task with id 'a/b' found"},
        Shape{"Render", R"({"id":"err-1","message":"unauthorized"})", "unauthorized"},
        Shape{"Northflank", R"({"error":{"message":"Not found","id":"x","details":{}}})",
              "Not found"},
        Shape{"ProblemJson", R"({"type":"about:blank","title":"Bad","detail":"limit is 100"})",
              "limit is 100"},
        Shape{"ErrorAsText", R"({"error":"nope"})", "nope"},
        Shape{"PlainText", "upstream connect error", "upstream connect error"},
        Shape{"JsonString", R"("quota exceeded")", "quota exceeded"}, Shape{"Nothing", "", ""}),
    [](const auto& info) { return info.param.name; });

TEST(ReadErrorBodyTest, ReadsBackstagesSecondShapeAsViolations) {
  const UpstreamErrorBody read = ReadErrorBody(
      R"({"errors":[{"path":["name"],"property":"instance.name","message":"does not match"},)"
      R"({"path":["steps",2,"id"],"message":"is required"}]})",
      "application/json");
  ASSERT_EQ(read.violations.size(), 2u);
  EXPECT_EQ(read.violations[0].field, "name");
  EXPECT_EQ(read.violations[0].description, "does not match");
  EXPECT_EQ(read.violations[1].field, "steps[2].id");
  EXPECT_EQ(read.message, "name: does not match; steps[2].id: is required");
}

TEST(ReadErrorBodyTest, ReadsViolationsKeyedByField) {
  const UpstreamErrorBody read = ReadErrorBody(
      R"({"message":"m","errors":{"name":["too long","taken"]}})", "application/json");
  ASSERT_EQ(read.violations.size(), 2u);
  EXPECT_EQ(read.violations[1].field, "name");
  EXPECT_EQ(read.violations[1].description, "taken");
}

TEST(ReadErrorBodyTest, KeepsAtMostSixteenViolations) {
  std::string body = R"({"errors":[)";
  for (int i = 0; i < 100; ++i) body += i ? R"(,{"message":"m"})" : R"({"message":"m"})";
  EXPECT_EQ(ReadErrorBody(body + "]}", "").violations.size(), 16u);
}

TEST(ReadErrorBodyTest, LeavesPagesForBrowsersOut) {
  EXPECT_EQ(ReadErrorBody("<html><h1>502</h1></html>", "text/html; charset=utf-8").message, "");
}

TEST(ReadErrorBodyTest, CutsTheMessageAtOneKilobyteOnACharacter) {
  std::string message(1023, 'x');
  message += "\xE2\x82\xAC";  // three bytes that do not fit
  const std::string read = ReadErrorBody(message, "text/plain").message;
  EXPECT_EQ(read, std::string(1023, 'x'));
}

TEST(ReadErrorBodyTest, BytesThatAreNotUtf8BecomeReplacementCharacters) {
  EXPECT_EQ(ReadErrorBody("caf\xE9", "text/plain").message, "caf\xEF\xBF\xBD");
}

TEST(ReadErrorBodyTest, SurvivesJsonThatIsNestedWithoutEnd) {
  EXPECT_NO_FATAL_FAILURE(ReadErrorBody(std::string(60'000, '['), "application/json"));
  std::string closed = std::string(30'000, '[') + std::string(30'000, ']');
  EXPECT_NO_FATAL_FAILURE(ReadErrorBody(closed, "application/json"));
}

TEST(Utf8PrefixTest, KeepsWholeCharacters) {
  EXPECT_EQ(Utf8Prefix("a\xC3\xA9", 2), "a");
  EXPECT_EQ(Utf8Prefix("a\xC3\xA9", 3), "a\xC3\xA9");
  EXPECT_EQ(Utf8Prefix("abc", 0), "");
}

}  // namespace
}  // namespace portico::invoke
