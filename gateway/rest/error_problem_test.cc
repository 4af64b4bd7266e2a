#include "gateway/rest/error_problem.h"

#include <gtest/gtest.h>

namespace portico::rest {
namespace {

struct Row {
  absl::StatusCode code;
  const char* reason;
  int status;
};

class ErrorProblemTest : public testing::TestWithParam<Row> {};

TEST_P(ErrorProblemTest, HasTheStatusOfItsCode) {
  invoke::CallError error;
  error.code = GetParam().code;
  error.reason = GetParam().reason;
  EXPECT_EQ(ProblemOf(error).status, GetParam().status);
}

using absl::StatusCode;
INSTANTIATE_TEST_SUITE_P(
    Rows, ErrorProblemTest,
    testing::Values(Row{StatusCode::kInvalidArgument, "INVALID_FIELD", 400},
                    Row{StatusCode::kOutOfRange, "UPSTREAM_RANGE", 400},
                    Row{StatusCode::kUnauthenticated, "X", 401},
                    Row{StatusCode::kPermissionDenied, "X", 403},
                    Row{StatusCode::kNotFound, "X", 404}, Row{StatusCode::kAlreadyExists, "X", 409},
                    Row{StatusCode::kAborted, "X", 409},
                    Row{StatusCode::kResourceExhausted, "RATE_LIMITED", 429},
                    Row{StatusCode::kResourceExhausted, "REQUEST_TOO_LARGE", 413},
                    Row{StatusCode::kResourceExhausted, "UPSTREAM_RESPONSE_TOO_LARGE", 502},
                    Row{StatusCode::kCancelled, "CANCELLED", 499},
                    Row{StatusCode::kUnimplemented, "X", 501},
                    Row{StatusCode::kUnavailable, "UPSTREAM_CONNECT", 503},
                    Row{StatusCode::kFailedPrecondition, "CREDENTIAL_NOT_CONFIGURED", 503},
                    Row{StatusCode::kDeadlineExceeded, "DEADLINE", 504},
                    Row{StatusCode::kInternal, "UPSTREAM_TLS_VERIFICATION", 500},
                    Row{StatusCode::kUnknown, "X", 500}, Row{StatusCode::kDataLoss, "X", 500}));

TEST(ErrorProblemTest, SaysAllThatTheErrorKnows) {
  invoke::CallError error;
  error.code = StatusCode::kInvalidArgument;
  error.reason = "INVALID_FIELD";
  error.message = "taskid: must not be empty";
  error.violations = {{"taskid", "must not be empty"}};
  error.metadata["operation"] = "tasks.get";
  error.retry_after = absl::Milliseconds(1200);
  const http::Problem problem = ProblemOf(error);
  EXPECT_EQ(problem.title, "Invalid field");
  EXPECT_EQ(problem.detail, "taskid: must not be empty");
  ASSERT_EQ(problem.violations.size(), 1u);
  EXPECT_EQ(problem.violations[0].first, "taskid");
  EXPECT_EQ(problem.metadata.at("operation"), "tasks.get");
  EXPECT_NE(HeadOf(error, problem).fields().find("Retry-After: 2\r\n"), std::string::npos);
}

}  // namespace
}  // namespace portico::rest
