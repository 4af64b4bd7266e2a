#include "core/upstream/token_answer.h"

#include <gtest/gtest.h>

namespace portico::upstream {
namespace {

TEST(TokenAnswerTest, ReadsTokenAndLifetime) {
  const auto granted =
      ReadTokenAnswer(200, R"({"access_token":"t","token_type":"Bearer","expires_in":3600})");
  ASSERT_TRUE(granted.ok());
  EXPECT_EQ(granted->token, "t");
  EXPECT_EQ(granted->lifetime, absl::Hours(1));
}

TEST(TokenAnswerTest, ALifetimeThatIsNotSaidIsShort) {
  EXPECT_EQ(ReadTokenAnswer(200, R"({"access_token":"t"})")->lifetime, absl::Minutes(5));
  EXPECT_EQ(ReadTokenAnswer(200, R"({"access_token":"t","expires_in":-1})")->lifetime,
            absl::ZeroDuration());
}

TEST(TokenAnswerTest, ATokenIsUsedUntilShortlyBeforeItsEnd) {
  EXPECT_EQ(UsableFor(absl::Hours(1)), absl::Hours(1) - absl::Seconds(30));
  EXPECT_EQ(UsableFor(absl::Seconds(60)), absl::Seconds(54));
}

struct Row {
  const char* name;
  int status;
  const char* body;
  absl::StatusCode code;
  const char* message;
};

class NoTokenTest : public testing::TestWithParam<Row> {};

TEST_P(NoTokenTest, SaysWhyAndWhetherToTryAgain) {
  const absl::Status status = ReadTokenAnswer(GetParam().status, GetParam().body).status();
  EXPECT_EQ(status.code(), GetParam().code);
  EXPECT_EQ(status.message(), GetParam().message);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, NoTokenTest,
    testing::Values(Row{"InvalidClient", 401,
                        R"({"error":"invalid_client","error_description":"s3cret"})",
                        absl::StatusCode::kFailedPrecondition, "answered 401 (invalid_client)"},
                    Row{"OddCode", 400, R"({"error":"s3cret 5"})",
                        absl::StatusCode::kFailedPrecondition, "answered 400"},
                    Row{"Redirect", 302, "", absl::StatusCode::kFailedPrecondition, "answered 302"},
                    Row{"Busy", 429, "", absl::StatusCode::kUnavailable, "answered 429"},
                    Row{"Down", 503, "<html>", absl::StatusCode::kUnavailable, "answered 503"},
                    Row{"NoJson", 200, "hello", absl::StatusCode::kFailedPrecondition,
                        "answered 200 without an \"access_token\" to be sent"},
                    Row{"Unsendable", 200, "{\"access_token\":\"a\\nb\"}",
                        absl::StatusCode::kFailedPrecondition,
                        "answered 200 without an \"access_token\" to be sent"},
                    Row{"OtherType", 200, R"({"access_token":"t","token_type":"mac"})",
                        absl::StatusCode::kFailedPrecondition,
                        "grants a token of a type other than bearer"}),
    [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace portico::upstream
