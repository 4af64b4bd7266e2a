#include "core/invoke/failure_table.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"

namespace portico::invoke {
namespace {

using absl::StatusCode;
using upstream::Failure;

const absl::Time kNow = absl::FromUnixSeconds(1'795'300'923);

class FailureTable {
 public:
  FailureTable() {
    upstream_.space = "tasks";
    upstream_.base_uri = "https://user:secret@api.example:8443/v1?x=1";
    operation_.id = "tasks.get";
    operation_.space = "tasks";
    operation_.http_method = "GET";
    operation_.path = plan::PathTemplate::Parse("/tasks/{id}").value();
  }
  std::optional<CallError> Of(const Outcome& outcome) const {
    return ErrorOf(outcome, operation_, upstream_, kNow);
  }
  plan::Upstream upstream_;
  plan::Operation operation_;
};

Outcome Answered(int status, std::string body = "", std::vector<upstream::Header> headers = {}) {
  Outcome outcome;
  outcome.head = {status, std::move(headers)};
  outcome.body = std::move(body);
  return outcome;
}

Outcome Failed(Failure failure, bool request_sent = false) {
  Outcome outcome;
  outcome.end = {failure, "detail", request_sent};
  return outcome;
}

struct StatusRow {
  int status;
  StatusCode code;
  const char* reason;
};

class StatusRowTest : public testing::TestWithParam<StatusRow> {};

TEST_P(StatusRowTest, HasItsMeaning) {
  const auto error = FailureTable().Of(Answered(GetParam().status));
  ASSERT_TRUE(error.has_value());
  EXPECT_EQ(error->code, GetParam().code);
  EXPECT_EQ(error->reason, GetParam().reason);
  EXPECT_EQ(error->metadata.at("http_status"), absl::StrCat(GetParam().status));
  EXPECT_EQ(error->metadata.at("upstream"), "api.example:8443");
  EXPECT_EQ(error->metadata.at("operation"), "tasks.get");
  EXPECT_EQ(error->metadata.at("attempts"), "1");
}

INSTANTIATE_TEST_SUITE_P(
    EveryRow, StatusRowTest,
    testing::Values(StatusRow{301, StatusCode::kInternal, "UPSTREAM_REDIRECT"},
                    StatusRow{302, StatusCode::kInternal, "UPSTREAM_REDIRECT"},
                    StatusRow{304, StatusCode::kInternal, "UPSTREAM_UNEXPECTED_STATUS"},
                    StatusRow{307, StatusCode::kInternal, "UPSTREAM_REDIRECT"},
                    StatusRow{308, StatusCode::kInternal, "UPSTREAM_REDIRECT"},
                    StatusRow{400, StatusCode::kInvalidArgument, "UPSTREAM_BAD_REQUEST"},
                    StatusRow{401, StatusCode::kUnauthenticated, "UPSTREAM_CREDENTIALS_REJECTED"},
                    StatusRow{402, StatusCode::kFailedPrecondition, "UPSTREAM_PAYMENT_REQUIRED"},
                    StatusRow{403, StatusCode::kPermissionDenied, "UPSTREAM_FORBIDDEN"},
                    StatusRow{404, StatusCode::kNotFound, "UPSTREAM_NOT_FOUND"},
                    StatusRow{405, StatusCode::kUnimplemented, "UPSTREAM_METHOD_NOT_SUPPORTED"},
                    StatusRow{406, StatusCode::kInvalidArgument, "UPSTREAM_BAD_REQUEST"},
                    StatusRow{408, StatusCode::kUnavailable, "UPSTREAM_RETRYABLE"},
                    StatusRow{409, StatusCode::kAborted, "UPSTREAM_CONFLICT"},
                    StatusRow{410, StatusCode::kNotFound, "UPSTREAM_GONE"},
                    StatusRow{412, StatusCode::kFailedPrecondition, "UPSTREAM_PRECONDITION"},
                    StatusRow{413, StatusCode::kResourceExhausted, "UPSTREAM_REQUEST_TOO_LARGE"},
                    StatusRow{414, StatusCode::kInvalidArgument, "UPSTREAM_BAD_REQUEST"},
                    StatusRow{415, StatusCode::kInvalidArgument, "UPSTREAM_BAD_REQUEST"},
                    StatusRow{416, StatusCode::kOutOfRange, "UPSTREAM_RANGE"},
                    StatusRow{418, StatusCode::kInvalidArgument, "UPSTREAM_BAD_REQUEST"},
                    StatusRow{421, StatusCode::kUnavailable, "UPSTREAM_RETRYABLE"},
                    StatusRow{422, StatusCode::kInvalidArgument, "UPSTREAM_UNPROCESSABLE"},
                    StatusRow{423, StatusCode::kAborted, "UPSTREAM_LOCKED"},
                    StatusRow{424, StatusCode::kFailedPrecondition, "UPSTREAM_PRECONDITION"},
                    StatusRow{425, StatusCode::kUnavailable, "UPSTREAM_RETRYABLE"},
                    StatusRow{428, StatusCode::kFailedPrecondition, "UPSTREAM_PRECONDITION"},
                    StatusRow{429, StatusCode::kResourceExhausted, "UPSTREAM_RATE_LIMITED"},
                    StatusRow{431, StatusCode::kInvalidArgument, "UPSTREAM_BAD_REQUEST"},
                    StatusRow{451, StatusCode::kPermissionDenied, "UPSTREAM_FORBIDDEN"},
                    StatusRow{499, StatusCode::kCancelled, "UPSTREAM_CLIENT_CLOSED"},
                    StatusRow{500, StatusCode::kInternal, "UPSTREAM_INTERNAL"},
                    StatusRow{501, StatusCode::kUnimplemented, "UPSTREAM_METHOD_NOT_SUPPORTED"},
                    StatusRow{502, StatusCode::kUnavailable, "UPSTREAM_UNAVAILABLE"},
                    StatusRow{503, StatusCode::kUnavailable, "UPSTREAM_UNAVAILABLE"},
                    StatusRow{504, StatusCode::kDeadlineExceeded, "UPSTREAM_TIMEOUT"},
                    StatusRow{505, StatusCode::kInternal, "UPSTREAM_INTERNAL"},
                    StatusRow{506, StatusCode::kInternal, "UPSTREAM_INTERNAL"},
                    StatusRow{507, StatusCode::kResourceExhausted, "UPSTREAM_STORAGE_FULL"},
                    StatusRow{508, StatusCode::kInternal, "UPSTREAM_INTERNAL"},
                    StatusRow{511, StatusCode::kInternal, "UPSTREAM_INTERNAL"},
                    StatusRow{520, StatusCode::kUnavailable, "UPSTREAM_UNAVAILABLE"},
                    StatusRow{523, StatusCode::kUnavailable, "UPSTREAM_UNAVAILABLE"},
                    StatusRow{524, StatusCode::kDeadlineExceeded, "UPSTREAM_TIMEOUT"},
                    StatusRow{525, StatusCode::kUnavailable, "UPSTREAM_UNAVAILABLE"},
                    StatusRow{527, StatusCode::kUnavailable, "UPSTREAM_UNAVAILABLE"},
                    StatusRow{530, StatusCode::kUnavailable, "UPSTREAM_UNAVAILABLE"},
                    StatusRow{599, StatusCode::kInternal, "UPSTREAM_INTERNAL"},
                    StatusRow{999, StatusCode::kInternal, "UPSTREAM_UNEXPECTED_STATUS"}),
    [](const auto& info) { return absl::StrCat("Http", info.param.status); });

struct FailureRow {
  Failure failure;
  StatusCode code;
  const char* reason;
};

class FailureRowTest : public testing::TestWithParam<FailureRow> {};

TEST_P(FailureRowTest, HasItsMeaning) {
  const auto error = FailureTable().Of(Failed(GetParam().failure));
  ASSERT_TRUE(error.has_value());
  EXPECT_EQ(error->code, GetParam().code);
  EXPECT_EQ(error->reason, GetParam().reason);
}

INSTANTIATE_TEST_SUITE_P(
    EveryRow, FailureRowTest,
    testing::Values(
        FailureRow{Failure::kDns, StatusCode::kUnavailable, "UPSTREAM_DNS"},
        FailureRow{Failure::kConnect, StatusCode::kUnavailable, "UPSTREAM_CONNECT"},
        FailureRow{Failure::kConnectTimeout, StatusCode::kUnavailable, "UPSTREAM_CONNECT_TIMEOUT"},
        FailureRow{Failure::kTlsHandshake, StatusCode::kUnavailable, "UPSTREAM_TLS_HANDSHAKE"},
        FailureRow{Failure::kTlsVerification, StatusCode::kInternal, "UPSTREAM_TLS_VERIFICATION"},
        FailureRow{Failure::kConnectionLost, StatusCode::kUnavailable, "UPSTREAM_CONNECTION_LOST"},
        FailureRow{Failure::kDeadline, StatusCode::kDeadlineExceeded, "DEADLINE"},
        FailureRow{Failure::kResponseTooLarge, StatusCode::kResourceExhausted,
                   "UPSTREAM_RESPONSE_TOO_LARGE"},
        FailureRow{Failure::kMalformed, StatusCode::kInternal, "UPSTREAM_MALFORMED_RESPONSE"},
        FailureRow{Failure::kInvalidRequest, StatusCode::kInternal, "REQUEST_NOT_BUILT"},
        FailureRow{Failure::kTokenRefused, StatusCode::kFailedPrecondition, "CREDENTIAL_REFUSED"},
        FailureRow{Failure::kTokenUnavailable, StatusCode::kUnavailable, "CREDENTIAL_UNAVAILABLE"},
        FailureRow{Failure::kInternal, StatusCode::kInternal, "INTERNAL"}));

TEST(FailureTableTest, SuccessIsNoError) {
  for (int status : {200, 201, 202, 204}) {
    EXPECT_EQ(FailureTable().Of(Answered(status)), std::nullopt) << status;
  }
}

TEST(FailureTableTest, TheMessageNamesTheCallAndQuotesTheUpstream) {
  const auto error = FailureTable().Of(Answered(404, R"({"message":"no such task"})"));
  EXPECT_EQ(error->message, "GET /tasks/{id} answered 404: no such task");
}

TEST(FailureTableTest, A404WithoutBodyIsToldFromAnUnknownId) {
  const auto error = FailureTable().Of(Answered(404));
  EXPECT_NE(error->message.find("no such path, or is still starting"), std::string::npos);
}

TEST(FailureTableTest, RateLimitsCarryTheWait) {
  const auto error = FailureTable().Of(Answered(429, "", {{"Retry-After", "10"}}));
  EXPECT_EQ(error->retry_after, absl::Seconds(10));
  EXPECT_FALSE(error->do_not_retry);
}

TEST(FailureTableTest, A403ThatSaysWhenToRetryIsARateLimit) {
  const auto error = FailureTable().Of(Answered(403, "", {{"Retry-After", "60"}}));
  EXPECT_EQ(error->code, StatusCode::kResourceExhausted);
  EXPECT_EQ(error->reason, "UPSTREAM_RATE_LIMITED");
}

TEST(FailureTableTest, Unavailable503CarriesTheWait) {
  EXPECT_EQ(FailureTable().Of(Answered(503, "", {{"Retry-After", "5"}}))->retry_after,
            absl::Seconds(5));
}

TEST(FailureTableTest, RedirectsTellTheHostOnly) {
  const auto error = FailureTable().Of(
      Answered(302, "", {{"Location", "https://u:p@login.example/path?token=abc"}}));
  EXPECT_EQ(error->metadata.at("location_host"), "login.example");
  for (const auto& [key, value] : error->metadata) {
    EXPECT_EQ(value.find("token"), std::string::npos) << key;
  }
}

TEST(FailureTableTest, TheUpstreamsRequestIdIsPassedOn) {
  EXPECT_EQ(
      FailureTable().Of(Answered(500, "", {{"X-Request-Id", "r-1"}}))->metadata.at("request_id"),
      "r-1");
}

TEST(FailureTableTest, ARejectedCredentialSaysWhose) {
  EXPECT_EQ(FailureTable().Of(Answered(401))->metadata.at("credential"), "facade");
}

TEST(FailureTableTest, ValidationErrorsBecomeViolations) {
  const auto error =
      FailureTable().Of(Answered(422, R"({"errors":[{"path":["name"],"message":"too long"}]})"));
  ASSERT_EQ(error->violations.size(), 1u);
  EXPECT_EQ(error->violations[0].field, "name");
}

TEST(FailureTableTest, OversizeIsNotRetried) {
  EXPECT_TRUE(FailureTable().Of(Answered(413))->do_not_retry);
  EXPECT_TRUE(FailureTable().Of(Failed(Failure::kResponseTooLarge))->do_not_retry);
  EXPECT_TRUE(FailureTable().Of(Failed(Failure::kTlsVerification))->do_not_retry);
}

TEST(FailureTableTest, ALostConnectionMayHaveDoneTheWork) {
  FailureTable table;
  auto error = table.Of(Failed(Failure::kConnectionLost, /*request_sent=*/true));
  EXPECT_TRUE(error->do_not_retry);
  EXPECT_EQ(error->metadata.at("maybe_processed"), "true");

  table.operation_.hints.read_only = true;
  error = table.Of(Failed(Failure::kConnectionLost, /*request_sent=*/true));
  EXPECT_FALSE(error->do_not_retry);
  EXPECT_EQ(error->metadata.count("maybe_processed"), 0u);
}

TEST(FailureTableTest, AConnectionLostBeforeAnythingWasSentMayBeRetried) {
  EXPECT_FALSE(FailureTable().Of(Failed(Failure::kConnectionLost, false))->do_not_retry);
}

TEST(FailureTableTest, ABrokenStreamTellsWhereToResume) {
  FailureTable table;
  table.operation_.stream = true;
  Outcome outcome = Failed(Failure::kConnectionLost, true);
  outcome.head.status = 200;
  outcome.last_event_id = "41";
  const auto error = table.Of(outcome);
  EXPECT_EQ(error->code, StatusCode::kUnavailable);
  EXPECT_EQ(error->reason, "UPSTREAM_STREAM_LOST");
  EXPECT_EQ(error->metadata.at("last_event_id"), "41");
}

TEST(FailureTableTest, PorticosOwnDeadlineIsToldFromTheCallers) {
  Outcome outcome = Failed(Failure::kDeadline);
  outcome.own_deadline = true;
  EXPECT_EQ(FailureTable().Of(outcome)->reason, "UPSTREAM_TIMEOUT");
}

TEST(FailureTableTest, MalformedBodiesAreInternalAndNotQuoted) {
  Outcome outcome = Answered(200, "<secret>", {{"Content-Type", "text/html"}});
  outcome.malformed = "not JSON at byte 0";
  const auto error = FailureTable().Of(outcome);
  EXPECT_EQ(error->code, StatusCode::kInternal);
  EXPECT_EQ(error->reason, "UPSTREAM_MALFORMED_RESPONSE");
  EXPECT_EQ(error->metadata.at("content_type"), "text/html");
  EXPECT_EQ(error->message.find("secret"), std::string::npos);
}

TEST(FailureTableTest, AStatusTellsMoreThanTheConnectionsEnd) {
  Outcome outcome = Answered(503);
  outcome.end.failure = Failure::kConnectionLost;
  EXPECT_EQ(FailureTable().Of(outcome)->reason, "UPSTREAM_UNAVAILABLE");
}

TEST(FailureTableTest, RefusalsNameWhatToDo) {
  FailureTable table;
  const CallError credential = CredentialNotConfigured(table.operation_, {"API_KEY"});
  EXPECT_EQ(credential.code, StatusCode::kFailedPrecondition);
  EXPECT_EQ(credential.reason, "CREDENTIAL_NOT_CONFIGURED");
  EXPECT_NE(credential.message.find("API_KEY"), std::string::npos);

  const CallError fields = InvalidFields(table.operation_, {{"id", "must not be empty"}});
  EXPECT_EQ(fields.code, StatusCode::kInvalidArgument);
  EXPECT_EQ(fields.message, "id: must not be empty");
  EXPECT_EQ(fields.violations.size(), 1u);

  EXPECT_EQ(BaseUriNotConfigured(table.operation_, table.upstream_).code,
            StatusCode::kFailedPrecondition);
  EXPECT_EQ(Overloaded(table.operation_).code, StatusCode::kUnavailable);
  EXPECT_TRUE(Overloaded(table.operation_).retry_after.has_value());
  EXPECT_EQ(ShuttingDown(table.operation_).code, StatusCode::kUnavailable);
}

TEST(FailureTableTest, NoMessageIsOverOneKilobyteAndABit) {
  const auto error = FailureTable().Of(Answered(500, std::string(1 << 20, 'x')));
  EXPECT_LE(error->message.size(), 1100u);
}

}  // namespace
}  // namespace portico::invoke
